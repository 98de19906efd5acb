"""The attacks: each a function that does to a besieged house what its name and its sentence say."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import Max

from heed.casework import remains
from heed.casework.actions import erasing
from heed.casework.actions.ledger import append
from heed.casework.actions.receive import receive
from heed.casework.bundles import bundle
from heed.casework.models import (
    Body,
    Checkpoint,
    Cosignature,
    Entry,
    ErasedRecord,
    Post,
    Professional,
    Record,
)
from heed.casework.signing import signer
from heed.core.records import checkpoints, notes
from heed.core.records.canonical import canonical
from outside import heed_witness
from tests.concerns import MONDAY, concern
from tests.forging import Forger, instant
from tests.personas import standing
from tests.watched import AGENCIES, House, watched

OLD, LATE = 5, 13
"""A record long witnessed; one that is newer than the last checkpoint anybody witnessed."""


@dataclass
class Attacked:
    """A house, whoever attacks it, and which receipts are still in somebody's hands."""

    house: House
    forger: Forger
    backup: str
    receipts: list[str]


def besieged(folder: Path, settings) -> Attacked:
    """Two waves that both agencies witnessed, a checkpoint nobody witnessed, and one record since."""
    house = watched(folder, settings)
    standing()
    house.save(3)
    house.save(4, "contact")
    house.witnessed()
    backup = transaction.savepoint_create()
    house.save(5, "contact")
    house.witnessed()
    house.save(2, "contact")
    house.checkpoint()
    house.save(1, "contact")
    return Attacked(house, Forger(house), backup, [house.receipt(number) for number in range(15)])


def asked_for(house: House, made: Checkpoint, agency: str) -> str:
    """The checkpoint with the proof that this agency asks for: from what it saw last, if the log still has so much."""
    last = house.state(agency).last(signer().key.name)
    since = last.size if last and last.size <= made.size else None
    return bundle(made, since)


# With the database alone, nothing computed anew.


def other_words(it: Attacked) -> None:
    """The words of one record put in the place of another's."""
    other = it.forger.record(OLD + 1).document
    it.forger.sql("update casework_record set document = %s where ref = %s", other, f"C-{OLD}")


def another_writer(it: Attacked) -> None:
    """Somebody else received it."""
    who = Professional.objects.get(username="carl").pk
    it.forger.sql("update casework_entry set actor_id = %s where seq = %s", who, it.forger.entry(OLD))
    it.forger.sql("update casework_record set received_by_id = %s where ref = %s", who, f"C-{OLD}")


def taken_out(it: Attacked) -> None:
    """One record and its entry out of the middle."""
    for seq in it.forger.removed(OLD):
        it.forger.sql("delete from casework_body where entry_id = %s", seq)
        it.forger.sql("delete from casework_entry where seq = %s", seq)


def cut_off(it: Attacked) -> None:
    """The newest entries gone, and the head told so."""
    first = it.forger.entry(LATE - 1)
    for number in range(LATE - 1, 15):
        it.forger.removed(number)
    it.forger.sql("delete from casework_body where entry_id >= %s", first)
    it.forger.sql("delete from casework_entry where seq >= %s", first)
    it.forger.sql("update casework_head set size = %s", first - 1)


def put_in(it: Attacked) -> None:
    """A record of today with the entry of another day."""
    receive(record=concern("C-99", kind="contact"), by=None, now=it.house.now)
    seq = Entry.objects.latest("seq").seq
    then = instant(MONDAY)
    it.forger.sql("update casework_entry set at = %s where seq = %s", then, seq)
    it.forger.sql("update casework_record set received_at = %s where ref = 'C-99'", then)


def exchanged(it: Attacked) -> None:
    """Two entries in each other's place."""
    one, other = it.forger.entry(OLD), it.forger.entry(OLD + 1)
    for table, column in (("casework_body", "entry_id"), ("casework_entry", "seq")):
        for old, new in ((one, -1), (other, one), (-1, other)):
            it.forger.sql(f"update {table} set {column} = %s where {column} = %s", new, old)


# The same with commitments, leaves, tree and head computed anew, and every checkpoint out of the database.


def other_words_rewritten(it: Attacked) -> None:
    """Softer words, sealed and committed to as the true ones were."""
    it.forger.words(OLD, lambda document: document.update(text="She came home by herself."))
    it.forger.rewritten()


def another_writer_rewritten(it: Attacked) -> None:
    """Somebody else received it, in every hash."""
    another_writer(it)
    it.forger.rewritten()


def taken_out_rewritten(it: Attacked) -> None:
    """One record gone, and all later entries moved up."""
    told = it.forger.removed(OLD)
    it.forger.rewritten([seq for seq in _all() if seq not in told])


def cut_off_rewritten(it: Attacked) -> None:
    """As if the last days had not been."""
    first = it.forger.entry(OLD + 3)
    for number in range(OLD + 3, 15):
        it.forger.removed(number)
    it.forger.rewritten([seq for seq in _all() if seq < first])


def put_in_rewritten(it: Attacked) -> None:
    """A record written today stands where one of last week would."""
    put_in(it)
    seq, place = Entry.objects.latest("seq").seq, it.forger.entry(OLD)
    order = [each for each in _all() if each != seq]
    order.insert(order.index(place), seq)
    it.forger.rewritten(order)


def exchanged_rewritten(it: Attacked) -> None:
    """Who knew first: two entries in each other's place, and their times with them."""
    one, other = it.forger.entry(OLD), it.forger.entry(OLD + 1)
    order = [{one: other, other: one}.get(seq, seq) for seq in _all()]
    it.forger.rewritten(order)


# The same with the signing key: everything signed anew, and nothing of the old checkpoints left beside the key.


def with_the_key(attack: Callable[[Attacked], None]) -> Callable[[Attacked], None]:
    def done(it: Attacked) -> None:
        attack(it)
        it.forger.signed_again()

    done.__name__ = attack.__name__.removesuffix("_rewritten") + "_and_signed"
    done.__doc__ = attack.__doc__
    return done


def late_words(it: Attacked) -> None:
    """A record newer than what anybody witnessed, rewritten and signed; its writer kept the receipt."""
    it.forger.words(LATE, lambda document: document.update(text="Nothing of note."))
    it.forger.rewritten(since=_witnessed_size())
    it.forger.signed_again()


def late_words_no_receipt(it: Attacked) -> None:
    """The same, and nobody kept the receipt: the one attack that is left."""
    late_words(it)
    del it.receipts[LATE]


def two_faces(it: Attacked) -> None:
    """One agency is shown the true ledger, the other a rewritten one of the same size, each properly signed."""
    house, (one, other) = it.house, AGENCIES
    at = int(house.now.timestamp())
    heed_witness.check(asked_for(house, house.checkpoint(), one), house.state(one), at)
    late_words_no_receipt(it)
    heed_witness.check(asked_for(house, house.checkpoint(), other), house.state(other), at)


# An older day put back.


def older_copy(it: Attacked) -> None:
    """Last week's copy of the database."""
    transaction.savepoint_rollback(it.backup)


def older_copy_and_keys(it: Attacked) -> None:
    """Last week's copy of the database, and what stood beside the key wiped."""
    transaction.savepoint_rollback(it.backup)
    it.forger.signed_again()


# Erasures that were none.


def body_destroyed(it: Attacked) -> None:
    """Salt and body of an entry gone, and no erasure says so."""
    it.forger.sql("delete from casework_body where entry_id = %s", it.forger.entry(OLD))


def erased_by_one(it: Attacked) -> None:
    """An erasure that nobody but its author asked for, written into the ledger as it should be."""
    victim = it.forger.entry(OLD)
    _erasure(it, [victim], request=victim)
    body_destroyed(it)


def erasure_widened(it: Attacked) -> None:
    """A lawful erasure made to cover one entry more, all hashes computed anew."""
    asked, victim = it.forger.entry(OLD + 1), it.forger.entry(OLD)
    seq = _lawful(it, OLD + 1)
    row, other = it.forger.record(OLD), it.forger.record(OLD + 1)
    told = _emptied(it, row)
    after = it.forger.left()
    left = remains.marks([row, other], {row.pk: told, other.pk: told})
    body = _body([victim, asked], after.index(seq - 1) + 1, left)
    it.forger.rewritten(bodies={seq: body}, without_bodies=[asked, victim])
    it.forger.sql("update casework_erasuredecision set entry = %s", after.index(seq) + 1)


def erasure_back_dated(it: Attacked) -> None:
    """An erasure that two people never agreed, as if they had: put where it would long have been witnessed."""
    victim = it.forger.entry(OLD)
    seq = _lawful(it, OLD)
    order = [each for each in _all() if each not in (seq, seq - 1)]
    place = order.index(it.forger.entry(OLD + 2))
    order[place:place] = [seq - 1, seq]
    after = it.forger.left(order)
    left = json.loads(Body.objects.get(pk=seq).text)["left"]
    body = _body([victim], after.index(seq - 1) + 1, left)
    it.forger.rewritten(order, bodies={seq: body}, without_bodies=[victim])
    it.forger.sql("update casework_erasuredecision set entry = %s", after.index(seq) + 1)


def erased_row_changed(it: Attacked) -> None:
    """What an erasure left of a record made to be of another reference and kind."""
    _lawful(it, OLD)
    it.forger.sql("update casework_record set ref = 'C-77', kind = 'concern' where document = ''")


def erasure_request_removed(it: Attacked) -> None:
    """Who asked for an erasure, and who agreed, out of the tables."""
    _lawful(it, OLD)
    for table in ("casework_erasedrecord", "casework_erasuredecision", "casework_erasurerequest"):
        it.forger.sql(f"delete from {table}")


# Papers that were forged.


def receipt_altered(it: Attacked) -> None:
    """A receipt made to speak of another entry."""
    it.receipts[OLD] = it.receipts[OLD].replace(f"entry {it.forger.entry(OLD)}", "entry 1")


def cosignature_invented(it: Attacked) -> None:
    """A witness's signature over the newest checkpoint that no witness made."""
    row = Checkpoint.objects.latest("size")
    key = it.house.state(AGENCIES[0]).key()[1]
    raw = checkpoints.written_cosignature(int(it.house.now.timestamp()), bytes(64))
    line = notes.line(notes.Signature(key.name, key.id, raw))
    then = instant(it.house.now)
    it.forger.sql(
        "insert into casework_cosignature (checkpoint_id, agency, witness, line, at, received_at) "
        "values (%s, %s, %s, %s, %s, %s)", row.pk, AGENCIES[0], key.name, line, then, then,
    )  # fmt: skip


def checkpoint_invented(it: Attacked) -> None:
    """A checkpoint of another root, signed with another key of the same name."""
    row = Checkpoint.objects.latest("size")
    tree = checkpoints.Tree(signer().key.name, row.size, bytes(32))
    other = Ed25519PrivateKey.generate()
    text = checkpoints.checkpoint_text(tree)
    note = notes.Note(text, (notes.Signature(tree.origin, signer().key.key_id, other.sign(text.encode())),))
    it.forger.sql("update casework_checkpoint set note = %s where id = %s", notes.written(note), row.pk)


def _all() -> list[int]:
    return list(Entry.objects.order_by("seq").values_list("seq", flat=True))


def _witnessed_size() -> int:
    return int(Cosignature.objects.aggregate(most=Max("checkpoint__size"))["most"])


def _body(entries: list[int], request: int, left: dict[str, str]) -> str:
    told = {
        "entries": entries, "basis": "court_order", "scope": "record", "request": request, "records": len(left),
        "left": left,
    }  # fmt: skip
    return canonical(told).decode()


def _erasure(it: Attacked, entries: list[int], request: int) -> None:
    body = {"entries": entries, "basis": "court_order", "scope": "record", "request": request}
    append(
        kind="erasure", subject="erasure:1", purpose="court_order", body=body,
        by=Professional.objects.get(username="lena"), agency="social_care", now=it.house.now,
    )  # fmt: skip


def _lawful(it: Attacked, number: int) -> int:
    """An erasure as it should be: asked for by one person, agreed by another. Gives the number of its entry."""
    rosa, lena = (Professional.objects.get(username=name) for name in ("rosa", "lena"))
    Post.objects.create(agency_id="school", post="designated_lead", holder=rosa, order=0)
    request = erasing.ask(
        scope="record", agency="school", ref=f"C-{number}", basis="court_order",
        reason="order of the family court of 9 November", by=rosa, now=it.house.now,
    )  # fmt: skip
    return erasing.agree(number=request.pk, by=lena, now=it.house.now).seq


def _emptied(it: Attacked, row: Record) -> str:
    """A record emptied as an erasure empties it; gives whose chronology says so."""
    said = ErasedRecord.objects.get()
    for table in ("casework_mention", "casework_thingseen"):
        it.forger.sql(f"delete from {table} where record_id = %s", row.pk)
    it.forger.sql("update casework_record set document = '', digest = '', happened_from = null, happened_to = null "
                  "where id = %s", row.pk)  # fmt: skip
    it.forger.sql("insert into casework_erasedrecord (record_id, request_id, source) values (%s, %s, %s)",
                  row.pk, said.request_id, said.source)  # fmt: skip
    return str(said.source)


def erased_in_two_names(it: Attacked) -> None:
    """An erasure written as Heed would write it, in the names of two people who know nothing of it."""
    _lawful(it, OLD)
