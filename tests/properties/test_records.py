"""Properties of reading: what stands is read, exported and read again to the same bytes; nothing else crashes."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from heed.core.records.canonical import line
from heed.core.records.decoding import document_of
from heed.core.records.problems import Problem
from heed.core.records.reading import parse
from tests.properties.records import any_json, documents, words
from tests.unit.records.documents import MINIMAL, WHOLE


@given(documents)
@example(WHOLE)
def test_a_record_is_the_same_after_export_and_import(document):
    reading = parse(document)
    assert reading.problems == ()
    exported = line(reading.record.document)
    again = parse(document_of(exported.encode()))
    assert again.problems == ()
    assert again.record == reading.record
    assert line(again.record.document) == exported
    assert "\n" not in exported


@given(documents)
def test_no_value_that_was_sent_is_lost(document):
    exported = parse(document).record.document
    assert sorted(leaves(exported)) == sorted(leaves(document))


@given(st.dictionaries(st.sampled_from(list(WHOLE)) | words, any_json, max_size=8))
def test_any_object_is_a_record_or_is_told_what_is_wrong(changes):
    for document in (changes, {**MINIMAL, **changes}, {**WHOLE, **changes}):
        reading = parse(document)
        assert (reading.record is None) == bool(reading.problems)
        assert all(problem.key and problem.expected for problem in reading.problems)
        assert all(len(problem.found) < 200 and problem.found.isprintable() for problem in reading.problems)
        assert all(": " in note and note.isprintable() for note in reading.notes)


@given(
    st.binary(max_size=60) | words.map(str.encode) | any_json.map(lambda value: json.dumps(value).encode())
)
def test_any_line_is_an_object_or_a_problem(content):
    assert isinstance(document_of(content), dict | Problem)


def leaves(value) -> list[str]:
    """Every plain value in a JSON value, as text."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [] if value is None else [json.dumps(value)]
