"""What an erasure must not leave beside the records: drafts about the child, and other agencies' references of her."""

from datetime import timedelta

import pytest
from django.db import connection

from heed.casework import orders, shredding
from heed.casework.actions import erasing
from heed.casework.actions.drafts import keep_draft
from heed.casework.actions.receive import receive
from heed.casework.actions.verdicts import judge
from heed.casework.models import Draft, ErasureRequest
from heed.casework.sealing import box
from heed.casework.sealing.keyring import keyring
from heed.casework.sealing.rows import sources_of
from heed.core.records.explained import Explained
from tests.concerns import concern
from tests.unit.erasing.test_erasing import LATER, asked, erased, is_whole, kept, people

pytestmark = pytest.mark.django_db
__all__ = ["kept", "people"]


def begun(who, token, **answers):
    """A page somebody has not sent yet."""
    said = {name: [value] for name, value in answers.items()}
    assert keep_draft(token=token, answers=said, by=who, now=LATER)
    return Draft.objects.get(owner=who, token=token)


def test_drafts_that_give_the_childs_reference_go_with_her_and_no_older_copy_opens_them(kept):
    hers = begun(kept.rosa, "t-1", child_ref="  p-7 ", text="Canarydraft")
    others = begun(kept.rosa, "t-2", child_ref="p-8", text="Another child")
    named = begun(kept.rosa, "t-3", child_name="Ayla Marsh", text="Perhaps another Ayla")
    elsewhere = begun(kept.lena, "t-4", child_ref="p-7", text="Another agency's p-7")
    older = box.key_of_bytes(bytes(hers.content))
    erased(kept, scope="child", ref="p-7")
    assert set(Draft.objects.values_list("pk", flat=True)) == {others.pk, named.pk, elsewhere.pk}
    assert not keyring().there({older})
    from heed.casework.doors import drafts
    from heed.casework.doors.viewing import viewer_for

    mine = drafts.mine(viewer=viewer_for(kept.rosa, LATER), now=LATER)
    assert sorted(each.answers["text"][0] for each in mine) == ["Another child", "Perhaps another Ayla"]
    is_whole()


def test_a_draft_of_the_page_itself_goes_with_the_record(kept):
    receive(record=concern("CON-t-9", text="Saved"), by=kept.rosa, now=LATER)
    with connection.cursor() as cursor:  # as a copy of before the page was saved might bring it back
        row = begun(kept.rosa, "t-8", text="The same words")
        cursor.execute("update casework_draft set token = 't-9' where id = %s", [row.pk])
    request = asked(kept.rosa, ref="CON-t-9")
    erasing.agree(number=request.pk, by=kept.lena, now=LATER)
    assert shredding.finish(LATER) == 1
    assert not Draft.objects.filter(owner=kept.rosa).exists()


def test_a_request_keeps_the_references_of_other_agencies_sealed_before_and_after(kept):
    other = concern("H-1", people=[{"part": "child", "given_names": "Ayla", "family_name": "Marsh",
                                    "ref": "canary-77"}], text="Seen", agency="health")  # fmt: skip
    receive(record=other, by=None, now=LATER)
    judge(left="health canary-77", right="school p-7", verdict="same", reason="One child, says her card.",
          by=kept.rosa, now=LATER)  # fmt: skip
    from heed.casework.linking import link_all

    link_all(LATER)
    request = asked(kept.rosa, scope="child", ref="p-7")
    kept_words = ErasureRequest.objects.get(pk=request.pk)
    assert "canary-77" not in kept_words.sources
    assert sources_of(kept_words) == ["health canary-77", "school p-7"]
    erasing.agree(number=request.pk, by=kept.lena, now=LATER + timedelta(hours=1))
    assert shredding.finish(LATER) == 1
    request.refresh_from_db()
    assert sources_of(request) == ["health canary-77", "school p-7"], "still true, for whoever verifies"
    assert list(orders.orders()) == []
    is_whole()


@pytest.mark.parametrize("told", ['["school p-8"]', "", "v1.x.y"])
def test_a_request_whose_references_were_changed_is_seen(kept, told):
    request = asked(kept.rosa, scope="child", ref="p-7")
    with connection.cursor() as cursor:
        cursor.execute("update casework_erasurerequest set sources = %s where id = %s", [told, request.pk])
    assert [str(fault).partition(":")[0] for fault in orders.orders()] == ["erasure"]
    with pytest.raises(Explained, match="cannot be opened"):
        erasing.agree(number=request.pk, by=kept.lena, now=LATER)
