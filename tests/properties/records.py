"""Hypothesis strategies for records: documents that stand, with whatever JSON their senders add."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from heed.core.records.kinds import Grade, Kind, Part, ThingKind
from heed.core.records.observations import OBSERVATIONS

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
numbers = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
any_json = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
strays = st.dictionaries(words.map("zz".__add__), any_json, max_size=2)

instants = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(
    datetime.isoformat
)
whens = instants | st.dates(datetime(1990, 1, 1).date(), datetime(2030, 1, 1).date()).flatmap(
    lambda day: st.sampled_from([f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"])
)


def optional(**fields):
    """An object with any of these keys, some of them null, in any order, and keys nobody expects."""
    some = st.fixed_dictionaries({}, optional={key: st.none() | value for key, value in fields.items()})
    return st.builds(lambda known, stray: known | stray, some, strays).flatmap(shuffled)


def shuffled(document):
    """The same object with its keys in another order."""
    return st.permutations(list(document)).map(lambda keys: {key: document[key] for key in keys})


def joined(*objects):
    """Objects merged into one."""
    return st.tuples(*objects).map(lambda all_: {key: v for each in all_ for key, v in each.items()})


grades = st.sampled_from([str(grade) for grade in Grade])
authors = optional(ref=words, name=words, role=words, grade=grades, agency=words)


def people(part):
    """Somebody with this part."""
    return joined(
        optional(
            ref=words,
            given_names=words,
            family_name=words,
            also_known_as=st.lists(words, max_size=2),
            born=words | whens,
            sex=words,
            ids=st.dictionaries(words, st.none() | words, max_size=2),
            address=words,
            postcode=words,
            description=words,
        ),
        st.fixed_dictionaries({"part": part}),
    )


things = joined(
    optional(name=words, address=words, vrm=words, number=words, handle=words, lat=st.floats(-90, 90)),
    st.fixed_dictionaries({"kind": st.sampled_from([str(kind) for kind in ThingKind])}),
)
documents = joined(
    st.fixed_dictionaries(
        {
            "v": st.just(1),
            "agency": st.from_regex(r"[A-Za-z0-9_.-]{1,40}", fullmatch=True),
            "ref": words.filter(lambda ref: ref and ref.isprintable()),
            "kind": st.sampled_from([str(kind) for kind in Kind]),
            "recorded_at": instants,
            "people": st.tuples(
                people(st.just("child")), people(st.sampled_from([str(part) for part in Part]))
            ).map(list),
        }
    ),
    optional(
        revision=st.integers(1, 2**31 - 1),
        happened_from=whens,
        happened_to=whens,
        author=authors,
        things=st.lists(things, max_size=2),
        observations=st.lists(st.sampled_from([*OBSERVATIONS, "own_code"]), max_size=2),
        text=words,
        childs_words=words,
        missing=optional(category=words, risk=words),
        told=st.lists(joined(authors, optional(at=whens)), max_size=2),
        answer=joined(
            st.fixed_dictionaries({"decision": words.filter(bool)}), optional(by=authors, at=whens)
        ),
        grading=optional(source=st.sampled_from("123"), handling=st.sampled_from("PC")),
        extra=st.dictionaries(words, any_json, max_size=2),
    ),
).flatmap(shuffled)
