"""Receiving: saved means receipt; the same again changes nothing; newer supersedes; a contradiction is refused."""

from dataclasses import replace

import pytest

from heed.casework.actions.receive import Refused, receive, receive_many
from heed.casework.ledger import check
from heed.casework.models import Duty, Entry, Mention, Outbox, Record, Source, ThingSeen
from heed.casework.sealed import keyed
from heed.casework.sealing.rows import words_of
from heed.core.records.sources import person_id
from tests.concerns import MONDAY, NO_FURTHER_ACTION, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db


def save(*records):
    return receive_many(records=records, by=None, now=MONDAY)


def kinds(*records):
    return [outcome.kind for outcome in save(*records)]


def test_a_receipt_names_the_entry_that_holds_the_record():
    receipt = receive(record=concern(), by=None, now=MONDAY)
    entry = Entry.objects.get(seq=receipt.seq)
    assert (receipt.leaf, receipt.at, receipt.agency, receipt.ref) == (entry.leaf, MONDAY, "school", "C-1")
    assert check().faults == []


def test_what_is_computed_is_written_with_it():
    things = [{"kind": "vehicle", "part": "seen_in", "vrm": "zz51 abc"}]
    save(concern(things=things))
    record = Record.kept.get()
    assert ThingSeen.objects.of([record.pk]).get().key == keyed("things", "ZZ51ABC")
    assert Mention.objects.of([record.pk]).get().source_id == "school p-7"
    assert Source.objects.get().person == person_id("school p-7")
    assert Outbox.objects.get().subject == f"record:{record.pk}"


def test_a_mention_without_a_reference_is_a_source_of_its_own():
    save(concern(child=None))
    assert Source.objects.get().key == "school C-1#0"


def test_the_same_again_gives_the_original_receipt():
    first = save(concern())[0]
    again = save(concern())[0]
    assert again.kind == "unchanged"
    assert again.receipt == first.receipt
    assert (Record.kept.count(), Duty.objects.count(), Outbox.objects.count()) == (1, 1, 1)


def test_keys_in_another_order_are_the_same_content():
    save(concern())
    sent = concern()
    turned = replace(sent, document=dict(reversed(sent.document.items())))
    assert kinds(turned) == ["unchanged"]


def test_a_higher_revision_supersedes_and_the_older_stays():
    assert kinds(concern(), concern(revision=2, text="She has said his name.")) == ["accepted", "superseding"]
    assert Record.kept.count() == 2
    assert Record.objects.system("test").current().get().revision == 2
    assert kinds(concern()) == ["unchanged"]


def test_a_contradiction_is_refused_and_says_where_without_a_name():
    save(concern(revision=2))
    people = [{"part": "child", "given_names": "Zebedee", "ref": "p-7"}]
    (same,) = save(concern(revision=2, people=people, kind="referral"))
    assert same.kind == "refused"
    assert same.receipt is None
    assert "people" in same.conflict
    assert "kind (kept 'concern', sent 'referral')" in same.conflict
    assert "Zebedee" not in same.conflict
    assert "Marsh" not in same.conflict
    assert kinds(concern(revision=1, text="older")) == ["refused"]
    with pytest.raises(Refused, match="school C-1"):
        receive(record=concern(revision=1, text="older"), by=None, now=MONDAY)


def test_one_call_knows_what_came_earlier_in_it():
    outcomes = save(
        concern(), concern(), concern(text="other"), concern(revision=2), concern(agency="health")
    )
    assert [each.kind for each in outcomes] == ["accepted", "unchanged", "refused", "superseding", "accepted"]
    assert outcomes[0].receipt == outcomes[1].receipt
    assert check().faults == []


def test_many_records_leave_one_piece_of_work():
    save(*(concern(f"C-{n}") for n in range(3)))
    first, last = Record.kept.earliest("pk").pk, Record.kept.latest("pk").pk
    assert Outbox.objects.get().subject == f"records:{first}-{last}"


def test_who_sent_it_is_kept():
    people = standing()
    receive(record=concern(), by=people.rosa, now=MONDAY)
    assert Record.kept.get().received_by == people.rosa
    assert Entry.objects.get(kind="collection").actor == people.rosa


def test_nothing_is_half_saved(monkeypatch):
    monkeypatch.setattr("heed.casework.actions.receive.ledger.append_many", lambda acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(concern())
    assert (Record.kept.count(), Duty.objects.count(), Source.objects.count(), Outbox.objects.count()) == (
        0,
        0,
        0,
        0,
    )


class TestWhatIsOwed:
    """A record that asks for an answer opens a duty; one that carries an answer does not."""

    @pytest.mark.parametrize(("kind", "opens"), [
        ("concern", 1), ("disclosure", 1), ("complaint", 1), ("referral", 1), ("missing", 0), ("health", 0),
    ])  # fmt: skip
    def test_which_kinds_ask(self, kind, opens):
        save(concern(kind=kind))
        assert Duty.objects.count() == opens

    def test_an_answer_in_the_record_leaves_nothing_to_ask(self):
        save(concern(answer=NO_FURTHER_ACTION))
        assert Duty.objects.count() == 0

    def test_a_newer_revision_asks_nothing_new(self):
        save(concern())
        save(concern(revision=2, text="She has said his name."))
        assert Duty.objects.count() == 1

    def test_only_the_newest_revision_of_a_call_asks(self):
        save(concern(), concern(revision=2, answer=NO_FURTHER_ACTION))
        assert Duty.objects.count() == 0

    def test_a_newer_revision_can_bring_the_answer(self):
        save(concern())
        save(concern(revision=2, answer=NO_FURTHER_ACTION))
        duty = Duty.objects.get()
        assert duty.state == "answered"
        step = duty.steps.last()
        assert (step.decision, step.by) == ("no_further_action", None)
        assert "T. Lowe, sergeant" in words_of([step])[0]
        assert check().faults == []

    def test_a_decision_without_a_reason_answers_nothing(self):
        save(concern())
        save(concern(revision=2, answer={"decision": "no_further_action"}))
        assert Duty.objects.get().state == "open"

    def test_old_records_may_be_left_alone(self, settings, tmp_path):
        from heed.casework.policy.page import SHIPPED

        text = (SHIPPED / "duties.yaml").read_text().replace("history_days:", "history_days: 30")
        (tmp_path / "duties.yaml").write_text(text)
        settings.POLICY = tmp_path
        save(concern("C-1"), concern("C-2", recorded_at="2009-03-15T09:00:00+00:00"))
        assert [duty.record.ref for duty in Duty.objects.all()] == ["C-1"]


def test_a_record_that_was_here_before_and_comes_twice_in_one_call_gives_its_receipt_twice():
    first = receive(record=concern(), by=None, now=MONDAY)
    again = receive_many(records=[concern(), concern()], by=None, now=MONDAY)
    assert [outcome.receipt for outcome in again] == [first, first]
