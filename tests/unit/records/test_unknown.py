"""Keys nobody expected: moved once, never dropped, the rest left in the order it was sent."""

import json

from heed.core.records.canonical import line
from heed.core.records.reading import parse
from tests.unit.records.documents import WHOLE, child, minimal


def kept(document):
    """The document as it will be exported."""
    return parse(document).record.document


def test_unknown_keys_move_under_extra_of_their_own_object():
    document = kept(minimal(colour="red", people=child(shoe=4), answer={"decision": "x", "by": {"desk": 1}}))
    assert document["extra"] == {"colour": "red"}
    assert document["people"] == [{"part": "child", "extra": {"shoe": 4}}]
    assert document["answer"] == {"decision": "x", "by": {"extra": {"desk": 1}}}


def test_an_extra_that_was_sent_keeps_its_place_and_its_keys():
    document = kept({"extra": {"colour": "blue"}, **minimal(colour="red")})
    assert next(iter(document)) == "extra"
    assert document["extra"] == {"colour": "blue", "colour_": "red"}


def test_a_null_extra_makes_room():
    assert kept(minimal(extra=None, colour="red"))["extra"] == {"colour": "red"}


def test_identifier_schemes_are_an_open_list():
    document = minimal(people=child(ids={"pnc": "99/1X"}))
    assert kept(document) is document


def test_moving_twice_changes_nothing():
    once = kept(minimal(colour="red", things=[{"kind": "place", "floor": None}]))
    assert kept(once) is once
    assert parse(once).notes == ()


def test_a_document_with_nothing_unknown_is_exported_in_the_order_sent():
    turned = dict(reversed(WHOLE.items()))
    assert line(kept(turned)) == json.dumps(turned, ensure_ascii=False)


def test_the_sender_s_document_is_never_changed():
    sent = minimal(colour="red", people=child(shoe=4))
    before = json.dumps(sent)
    parse(sent)
    assert json.dumps(sent) == before
