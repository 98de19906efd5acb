"""One record, two texts: the line that is kept, and what it is compared by. Each as the json module writes it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.core.records import canonical as made
from heed.core.records.canonical import canonical, line, quoted
from heed.core.records.decoding import document_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(WORDS, VALUES, max_size=6)


@given(VALUES)
def test_both_texts_are_what_the_json_module_writes_byte_for_byte(value):
    told = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    assert canonical(value) == told.encode()
    assert line(value) == json.dumps(value, ensure_ascii=False, allow_nan=False)


@given(DOCUMENTS)
def test_both_are_the_same_without_the_part_in_c(document):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(made, "c_make_encoder", None)
        slowly = made._made_once(json.JSONEncoder(ensure_ascii=False, allow_nan=False))
    assert slowly(document) == line(document)


@given(WORDS)
def test_a_text_in_quotation_marks_is_its_canonical_json(words):
    assert quoted(words).encode() == canonical(words)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("write", [canonical, line])
def test_what_is_no_number_is_never_written_and_spoils_nothing_after_it(number, write):
    document = {"a": [{"b": number}]}
    for _ in range(2):
        with pytest.raises(ValueError, match="not JSON compliant"):
            write(document)
    document["a"][0]["b"] = 1
    assert write(document) in (b'{"a":[{"b":1}]}', '{"a": [{"b": 1}]}')


@given(DOCUMENTS)
def test_a_line_reads_back_as_what_it_was_written_from(document):
    assert document_of(json.dumps(document).encode()) == document
    assert document_of(line(document).encode()) == document
