"""One line of bytes to one object: what JSON readers disagree about is refused."""

import pytest

from heed.core.records.decoding import document_of
from heed.core.records.problems import Problem


@pytest.mark.parametrize(
    ("line", "key", "found"),
    [
        (b'{"v": 1', "line", "breaks at its end of 7 characters"),
        (b'{"v": 1}}', "line", "extra data"),
        (b"not json", "line", "expecting value"),
        (b"[1]", "line", "a list of 1"),
        (b"null", "line", "null"),
        (b'{"a": 1, "a": 1}', "a", "the same key twice"),
        (b'{"x": {"b": 1, "b": 2}}', "b", "the same key twice"),
        (b'{"a": NaN}', "line", "NaN"),
        (b'{"a": -Infinity}', "line", "-Infinity"),
        (b'{"a": 1e999}', "line", "1e999"),
        (b'{"a": ' + b"9" * 5000 + b"}", "line", "thousands of digits"),
        (b'{"a": ' + b"[" * 200_000, "line", "nested"),
        (b'{"a": "\0"}', "line", "a NUL byte at byte 8"),
        (b'{"a": "\xff"}', "line", "byte 0xff at byte 8"),
        (b'{"a": "\xed\xa0\x80"}', "line", "byte 0xed"),
    ],
)
def test_a_line_that_is_not_one_object_is_refused(line, key, found):
    problem = document_of(line)
    assert isinstance(problem, Problem)
    assert problem.key == key
    assert found in problem.found


def test_keys_keep_the_order_they_were_sent_in():
    assert list(document_of(b'{"z": 1, "a": 2, "m": 3}')) == ["z", "a", "m"]


def test_an_escaped_nul_is_found_when_the_record_is_read():
    from heed.core.records.reading import parse

    document = document_of(b'{"v": 1, "text": "\\u0000"}')
    assert parse(document).problems[0].key == "text"


def test_a_byte_order_mark_inside_a_file_is_told_as_json_that_breaks():
    problem = document_of(b'\xef\xbb\xbf{"v": 1}')
    assert problem.key == "line"
    assert problem.found.startswith("JSON that breaks at character 1")
    assert "bom" in problem.found
