"""A person ticks an event as significant: theirs to say, in the ledger, beside the policy of that day."""

import json
from datetime import timedelta

import pytest

from heed.casework.actions.policies import note_policy
from heed.casework.actions.signifying import empty, signify
from heed.casework.clock import now
from heed.casework.doors.significant import said_of
from heed.casework.models import Entry, PolicyInForce, Record, Significance
from heed.casework.sealing.rows import texts_of
from heed.core.records.explained import Explained
from tests import case_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(people):
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return Record.kept.get(ref="REF-77")


def test_a_tick_stands_in_the_chronology_with_who_said_it_and_in_the_ledger(as_, people, referral):
    asked = {"significant": "yes", "comment": "Three girls were named here.", "practice": "LSCB 2007, 4.2"}
    answer = as_("sam").post(f"/records/{referral.pk}/significant", asked)
    assert answer.status_code == 302
    html = as_("sam").get(answer.url, {"on": "2009-03-20"}).content.decode()
    assert "Three girls were named here. (Sam Oduya, duty social worker," in html
    assert "Expected at the time: LSCB 2007, 4.2" in html
    entry = Entry.objects.get(kind="significance")
    assert (entry.actor, entry.purpose) == (people.sam, "ticked")
    assert "Three girls" not in entry.body.text, "sealed with the child's key"
    (told,) = texts_of([(entry.pk, entry.body.text)])
    assert json.loads(told)["comment"] == "Three girls were named here."


def test_the_newest_saying_stands_and_none_is_lost(people, referral):
    said = {"record": referral.pk, "practice": "", "by": people.sam, "now": now()}
    signify(**said, significant=True, comment="It was.")
    signify(**said, significant=False, comment="It was told twice.")
    assert said_of([referral.pk])[referral.pk].significant is False
    assert Significance.objects.count() == 2


def test_nobody_speaks_of_a_record_they_may_not_see_and_no_comment_is_none(as_, people, referral):
    assert as_("carl").get(f"/records/{referral.pk}/significant").status_code == 404
    assert Entry.objects.latest("seq").kind == "refusal"
    with pytest.raises(Explained):
        signify(record=referral.pk, significant=True, comment="x", practice="", by=people.rosa, now=now())
    assert as_("sam").post(f"/records/{referral.pk}/significant", {"significant": "yes"}).status_code == 422
    assert not Significance.objects.exists()


def test_policy_is_that_of_the_day_and_none_is_said_where_none_was_kept(as_, people, referral):
    note_policy(now=now())
    html = as_("sam").get(f"/records/{referral.pk}/significant").content.decode()
    assert "Heed kept no policy yet on that day" in html
    row = PolicyInForce.objects.get()
    PolicyInForce.objects.create(
        at=referral.happened_from - timedelta(days=9), digest="d", changes="[]", text=row.text
    )
    html = as_("sam").get(f"/records/{referral.pk}/significant").content.decode()
    assert "A referral is answered in one working day" in html


def test_an_erasure_takes_the_words_and_leaves_that_somebody_ticked(people, referral):
    made = signify(
        record=referral.pk, significant=True, comment="It was.", practice="", by=people.sam, now=now()
    )
    assert empty([referral.pk]) == [Entry.objects.get(kind="significance").seq]
    kept = Significance.objects.get(pk=made.pk)
    assert (kept.words, kept.by) == ("", people.sam)
    assert said_of([referral.pk])[referral.pk].comment == ""
