"""A mapping file, read and checked: which column of a table says what of a record.

`record` has the shape of records version 1; where that has a value, the mapping says which column it comes from. It is
read strictly: a word the mapping misspells would be a column that goes nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from heed.core.records.explained import Explained
from heed.core.records.unknown import RECORD, Shape
from heed.formats.dates import LONDON, Habits
from heed.formats.table.encoding import KNOWN

PROFILES = Path(__file__).parent / "profiles"
BESIDE = ".mapping.yaml"
LISTS = ("people", "things", "told")
BLANKS = ("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "null")
"""Words that stand for nothing in every spreadsheet; a mapping may name more under `blank`."""

_KEYS = {
    "mapping", "name", "title", "sheet", "header_row", "delimiter", "encoding", "dates", "blank", "required",
    "leave_out", "record",
}  # fmt: skip
_OF_A_SOURCE = {
    "column", "columns", "first_of", "join", "constant", "codes", "otherwise", "default", "split", "label", "day",
    "time",
}  # fmt: skip
_NAMES_A_SOURCE = {"column", "columns", "first_of", "constant", "day"}
_OPEN = ("ids", "extra")
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """Where one value comes from: columns (joined, or the first that says something), or a constant."""

    columns: tuple[str, ...] = ()
    time: str | None = None
    first: bool = False
    join: str = " "
    constant: str | None = None
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    otherwise: str = "keep"
    default: str = ""
    split: str = ""
    label: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Every column it looks at."""
        return (*self.columns, self.time) if self.time else self.columns


type Template = Mapping[str, "Template | Sequence[Template] | Sequence[Source] | Source"]


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping. Names of columns are compared as `plain_name` writes them."""

    name: str
    record: Template
    sheet: str | None = None
    header_row: int = 1
    delimiter: str | None = None
    encoding: str | None = None
    habits: Habits = field(default_factory=Habits)
    blanks: frozenset[str] = frozenset(BLANKS)
    required: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Every column the mapping speaks of, once."""
        found = [column for source in sources(self.record) for column in source.named]
        return tuple(dict.fromkeys([*found, *self.required, *self.leave_out]))


def plain_name(name: str) -> str:
    """The name of a column for comparing: small letters, single spaces, straight quotation marks."""
    straight = name.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return " ".join(straight.replace("\ufeff", "").split()).casefold()


def sources(template: Any) -> Iterator[Source]:
    """Every source of a template."""
    if isinstance(template, Source):
        yield template
    elif isinstance(template, Mapping):
        for each in template.values():
            yield from sources(each)
    elif isinstance(template, Sequence):
        for each in template:
            yield from sources(each)


def shipped() -> list[str]:
    """The names of the mappings that come with Heed."""
    return sorted(file.stem for file in PROFILES.glob("*.yaml"))


def mapping_for(file: Path, named: str | None) -> Map:
    """The mapping that is named (a file, or one that comes with Heed), or the one that lies beside the table."""
    if named is None:
        beside = file.with_name(file.name + BESIDE)
        if not beside.is_file():
            raise Explained(
                f"there is no mapping for {file.name}: name one with --mapping FILE, or lay it beside the table as "
                f"{beside.name}. `heed map {file.name}` looks at the table and proposes one."
            )
        return read_mapping(beside)
    versions = [name for name in shipped() if name == named or name.rpartition("-")[0] == named]
    if versions and not Path(named).is_file():
        return read_mapping(PROFILES / f"{versions[-1]}.yaml")
    if not Path(named).is_file():
        raise Explained(
            f"--mapping {named} is no file, and none of the mappings that come with Heed: {', '.join(shipped())}."
        )
    return read_mapping(Path(named))


def read_mapping(file: Path) -> Map:
    """Read and check a mapping file. Raises Explained with the key at fault."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Explained(f"{file.name} is too large for a mapping: write one with `heed map`.")
        words = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except OSError as trouble:
        raise Explained(f"the mapping {file} cannot be read: {trouble.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as trouble:
        mark = getattr(trouble, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark else ""
        raise Explained(
            f"the mapping {file.name} is not YAML{where}: mend it, or let `heed map` write it."
        ) from None
    return checked(words, file.name, file.name.removesuffix(BESIDE).removesuffix(".yaml"))


def checked(words: Any, file: str, name: str) -> Map:
    """A mapping from what its YAML says. Raises Explained with the key at fault."""
    try:
        return _map(_object(words, "the file"), name)
    except _Wrong as wrong:
        raise Explained(f"the mapping {file} cannot be used: {wrong}.") from None


class _Wrong(ValueError):
    """What is wrong with a mapping, as a clause."""


def _map(words: Mapping[str, Any], name: str) -> Map:
    _only(words, _KEYS, "")
    if words.get("mapping") != 1:
        raise _Wrong("it does not begin with `mapping: 1`")
    record = _object(words.get("record"), "record")
    template = _template(record, RECORD, "record")
    for key in ("kind", "recorded_at"):
        if key not in template:
            raise _Wrong(f"`record` has no `{key}`, which every record needs")
    for key in ("v", "agency", "extra"):
        if key in template:
            raise _Wrong(f"`record.{key}` is not for a mapping to say")
    whole = Map(
        name=str(words.get("name") or name),
        record=template,
        sheet=_text(words, "sheet"),
        header_row=_number(words, "header_row", 1, 1000) or 1,
        delimiter=_delimiter(words),
        encoding=_encoding(words),
        habits=_habits(_object(words.get("dates") or {}, "dates")),
        blanks=frozenset(BLANKS) | {word.casefold() for word in _texts(words, "blank")},
        required=tuple(_texts(words, "required")),
        leave_out=tuple(_texts(words, "leave_out")),
    )
    return whole if whole.required else _needing(whole)


def _needing(whole: Map) -> Map:
    """Without a word on what is required: what names a row and says when it was."""
    keys = ("ref", "kind", "happened_from", "recorded_at")
    named = [
        column
        for key in keys
        if key in whole.record
        for s in sources(whole.record[key])
        for column in s.named
    ]
    return Map(
        whole.name, whole.record, whole.sheet, whole.header_row, whole.delimiter, whole.encoding, whole.habits,
        whole.blanks, tuple(dict.fromkeys(named)), whole.leave_out,
    )  # fmt: skip


def _template(words: Mapping[str, Any], shape: Shape, path: str) -> Template:
    found: dict[str, Any] = {}
    for key, value in words.items():
        where = f"{path}.{key}"
        if key not in shape.keys:
            raise _Wrong(f"`{where}` is not a key of records version 1")
        if key in LISTS:
            if not isinstance(value, list):
                raise _Wrong(f"`{where}` is not a list")
            found[key] = [
                _template(_object(each, f"{where}[{place}]"), shape.inside[key], f"{where}[{place}]")
                for place, each in enumerate(value)
            ]
        elif key in shape.inside:
            found[key] = _template(_object(value, where), shape.inside[key], where)
        elif key in _OPEN:
            found[key] = {str(k): _source(v, f"{where}.{k}") for k, v in _object(value, where).items()}
        elif isinstance(value, list):
            found[key] = [_source(each, f"{where}[{place}]") for place, each in enumerate(value)]
        else:
            found[key] = _source(value, where)
    return found


def _source(value: Any, where: str) -> Source:
    if isinstance(value, str) and value.strip():
        return Source(columns=(value,))
    words = _object(value, where)
    _only(words, _OF_A_SOURCE, where)
    if len(_NAMES_A_SOURCE & words.keys()) != 1:
        raise _Wrong(f"`{where}` needs one of column, columns, first_of, day or constant")
    if "constant" in words:
        return Source(constant=_plain(words["constant"]))
    named = words.get("column") or words.get("columns") or words.get("first_of") or words.get("day")
    columns = [named] if isinstance(named, str) else named
    if not (isinstance(columns, list) and columns and all(isinstance(each, str) for each in columns)):
        raise _Wrong(f"`{where}` does not name columns as text")
    otherwise = words.get("otherwise", "keep")
    if otherwise not in ("keep", "refuse", "leave out"):
        raise _Wrong(f"`{where}.otherwise` is none of keep, refuse, leave out")
    return Source(
        columns=tuple(columns),
        time=_text(words, "time"),
        first="first_of" in words,
        join=str(words.get("join", " ")),
        codes=_codes(words.get("codes"), where),
        otherwise=otherwise,
        default=_plain(words.get("default", "")),
        split=_text(words, "split") or "",
        label=_text(words, "label") or "",
    )


def _codes(words: Any, where: str) -> dict[str, tuple[str, ...]]:
    """Codes by value, compared without case; a bare yes or no of YAML is the word it was."""
    found: dict[str, tuple[str, ...]] = {}
    for key, code in _object(words or {}, f"{where}.codes").items():
        codes = code if isinstance(code, list) else [] if code in (None, "", False) else [code]
        if not all(isinstance(each, str | int) for each in codes):
            raise _Wrong(f"`{where}.codes` gives a value something that is no code")
        names = (
            {True: ("yes", "true"), False: ("no", "false")}.get(key) if isinstance(key, bool) else (str(key),)
        )
        for name in names or ():
            found[plain_name(name)] = tuple(str(each) for each in codes)
    return found


def _habits(words: Mapping[str, Any]) -> Habits:
    _only(words, {"order", "two_digit_years", "serials", "zone"}, "dates")
    order = words.get("order")
    if order not in (None, "day first", "month first", "year first"):
        raise _Wrong("`dates.order` is none of day first, month first, year first")
    serials = words.get("serials")
    if serials not in (None, 1900, 1904):
        raise _Wrong("`dates.serials` is neither 1900 nor 1904")
    try:
        zone = ZoneInfo(str(words["zone"])) if "zone" in words else LONDON
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _Wrong("`dates.zone` is no time zone such as Europe/London") from None
    return Habits(order, _number(words, "two_digit_years", 1900, 2100), serials, zone)


def _delimiter(words: Mapping[str, Any]) -> str | None:
    given = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(
        str(words.get("delimiter")), words.get("delimiter")
    )
    if given not in (None, ",", ";", "\t", "|"):
        raise _Wrong("`delimiter` is none of comma, semicolon, tab, pipe")
    return given


def _encoding(words: Mapping[str, Any]) -> str | None:
    given = _text(words, "encoding")
    if given is not None and given.lower() not in KNOWN:
        raise _Wrong(f"`encoding` is none of {', '.join(KNOWN)}")
    return given.lower() if given else None


def _object(value: Any, where: str) -> Mapping[Any, Any]:
    if not isinstance(value, dict):
        raise _Wrong(f"`{where}` does not hold keys and values")
    return value


def _only(words: Mapping[Any, Any], keys: set[str], where: str) -> None:
    for key in words:
        if key not in keys:
            place = f"{where}.{key}" if where else key
            raise _Wrong(f"`{place}` is not a word of mappings; there are: {', '.join(sorted(keys))}")


def _text(words: Mapping[str, Any], key: str) -> str | None:
    value = words.get(key)
    if value is not None and not isinstance(value, str):
        raise _Wrong(f"`{key}` is not text")
    return value


def _texts(words: Mapping[str, Any], key: str) -> list[str]:
    value = words.get(key) or []
    if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
        raise _Wrong(f"`{key}` is not a list of texts")
    return value


def _number(words: Mapping[str, Any], key: str, low: int, high: int) -> int | None:
    value = words.get(key)
    if value is not None and not (type(value) is int and low <= value <= high):
        raise _Wrong(f"`{key}` is not a whole number from {low} to {high}")
    return value


def _plain(value: Any) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise _Wrong("a constant is neither text nor a number: put it in quotation marks")
