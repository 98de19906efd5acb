"""Hostile records, JSON Lines."""

import json
from pathlib import Path

GOOD = {
    "v": 1, "agency": "school", "ref": "H-1", "kind": "contact", "recorded_at": "2009-03-15T09:00:00+00:00",
    "people": [{"part": "child", "given_names": "Ayla"}],
}  # fmt: skip


def _lines(folder: Path, *lines: str | bytes) -> Path:
    file = folder / "records.jsonl"
    file.write_bytes(b"\n".join(each if isinstance(each, bytes) else each.encode() for each in lines) + b"\n")
    return file


def _with(**changes: object) -> str:
    return json.dumps({**GOOD, **changes})


def not_a_number(folder: Path) -> Path:
    """NaN and infinity, which Python reads and JSON forbids."""
    return _lines(
        folder, *(_with(extra="X").replace('"X"', word) for word in ("NaN", "Infinity", "-Infinity", "1e999"))
    )


def five_thousand_digits(folder: Path) -> Path:
    """Numbers of 5,000 digits, whole and broken."""
    return _lines(
        folder,
        *(
            _with(revision="X").replace('"X"', word)
            for word in ("9" * 5000, "0." + "9" * 5000, "-" + "1" * 5000)
        ),
    )


def a_hundred_thousand_deep(folder: Path) -> Path:
    """Lists and objects 100,000 deep, closed and unclosed."""
    deep = "[" * 100_000 + "]" * 100_000
    return _lines(
        folder,
        deep,
        "[" * 100_000,
        _with(extra="X").replace('"X"', deep),
        '{"a":' * 100_000 + "1" + "}" * 100_000,
    )


def forty_deep(folder: Path) -> Path:
    """Nesting a parser takes and a database might not."""
    return _lines(folder, _with(extra="X").replace('"X"', '{"a":' + "[" * 60 + "]" * 60 + "}"))


def half_surrogates(folder: Path) -> Path:
    """Half of a surrogate pair, in a value, in a key, and as bytes."""
    return _lines(
        folder,
        _with(text="\ud83d"),
        _with(extra={"\udc00": 1}),
        _with().encode().replace(b"Ayla", b"\xed\xa0\x80"),
    )


def turned_around(folder: Path) -> Path:
    """Bidirectional overrides, zero-width letters and full-width digits in names and references."""
    return _lines(folder, _with(ref="R\u202e1"), _with(ref="\uff11\uff12", text="\u2066a\u2069\u200b\ufeff"))


def nul_characters(folder: Path) -> Path:
    """NULs as bytes and escaped."""
    return _lines(folder, _with(text="a").encode().replace(b'"a"', b'"a\0"'), _with(text="a\0b"))


def the_same_key_twice(folder: Path) -> Path:
    """A key given twice: two readers would hold two records."""
    return _lines(folder, _with()[:-1] + ', "kind": "missing"}', '{"a": 1, "a": {"a": 2, "a": 3}}')


def other_json(folder: Path) -> Path:
    """Everything JSON can be but an object."""
    return _lines(folder, "null", "true", "1", '"x"', "[]", "{}", "[[[]]]", "")


def an_array_of_records(folder: Path) -> Path:
    """A whole export as one array over many lines."""
    file = folder / "records.jsonl"
    file.write_text(json.dumps([GOOD] * 50, indent=2))
    return file


def wrong_types(folder: Path) -> Path:
    """Every key with a value of every other type."""
    values = (None, True, 0, -1, 1.5, "", "x", [], [None], {}, {"a": []})
    keys = (
        *GOOD,
        "revision",
        "happened_from",
        "author",
        "things",
        "missing",
        "told",
        "answer",
        "grading",
        "extra",
    )
    return _lines(folder, *(_with(**{key: value}) for key in keys for value in values))


def three_thousand_people(folder: Path) -> Path:
    """One record with 3,000 people and 3,000 things."""
    many = [{"part": "child", "given_names": f"N{n}"} for n in range(3000)]
    return _lines(
        folder, _with(people=many, things=[{"kind": "place", "name": f"P{n}"} for n in range(3000)])
    )


def forty_thousand_people(folder: Path) -> Path:
    """More people than a small number of the database counts."""
    return _lines(folder, _with(people=[{"part": "child"} for _ in range(40_000)]))


def impossible_times(folder: Path) -> Path:
    """Days that are none, years before and after all calendars, offsets of a day."""
    times = (
        "2009-02-30", "0000-01-01", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2009-03-14T22:10",
        "14/03/09", "2009-03-14T22:10:00+99:99", "2200-12-31T23:59:59-14:00", "1900-01-01T00:00:00+14:00",
    )  # fmt: skip
    happened = [_with(ref=f"T-{number}", happened_from=each) for number, each in enumerate(times)]
    return _lines(folder, *happened, *(_with(ref=f"U-{n}", recorded_at=each) for n, each in enumerate(times)))


def long_texts(folder: Path) -> Path:
    """A megabyte in every text there is."""
    long = "Ω" * 2**20
    return _lines(
        folder,
        _with(text=long, childs_words=long, author={"name": long}, things=[{"kind": "place", "name": long}]),
    )


def conflicts(folder: Path) -> Path:
    """The same reference a hundred times with other content."""
    return _lines(folder, *(_with(ref="C-1", text=str(n)) for n in range(100)))


def strange_names_of_agencies(folder: Path) -> Path:
    """Agencies that are paths, commands or nothing."""
    return _lines(
        folder, *(_with(agency=each) for each in ("../..", "a b", "", "x" * 5000, "'; drop table", "é"))
    )
