"""An erasure by order, seen from outside: every old proof stays true, and the verifier says what is gone and why."""

import json
from datetime import timedelta

import pytest

from heed.casework import ledger
from heed.casework.actions import erasing
from heed.casework.bundles import bundle, proof_of
from heed.casework.models import Entry, Post
from heed.core.records import checkpoints, notes
from heed.core.records.canonical import canonical
from heed.core.records.proofs import is_included
from outside import heed_verify, heed_witness
from tests.personas import standing
from tests.watched import AGENCIES, watched

pytestmark = pytest.mark.django_db
WHY = "order of the family court of 9 November"


@pytest.fixture
def house(tmp_path, settings):
    """Two records of the school, witnessed; then one of them is erased by order, and that is witnessed too."""
    people = standing()
    Post.objects.create(agency_id="school", post="designated_lead", holder=people.rosa, order=0)
    house = watched(tmp_path, settings)
    house.save(2, "contact")
    house.witnessed()
    house.before = proof_of(house.receipts[0].seq)
    house.now += timedelta(hours=1)
    request = erasing.ask(
        scope="record",
        agency="school",
        ref="C-0",
        basis="court_order",
        reason=WHY,
        by=people.rosa,
        now=house.now,
    )
    house.erasure = erasing.agree(number=request.pk, by=people.lena, now=house.now)
    house.witnessed()
    return house


def test_the_verifier_takes_a_body_that_was_erased_by_order_and_says_so(house):
    receipts = tuple(map(house.receipt, range(2)))
    found = heed_verify.verify(house.exported(), house.asked(receipts, tuple(map(house.last, AGENCIES))))
    assert found.faults == []
    assert (found.erased, found.left_out, found.receipts) == (1, 0, 2)
    assert f"Entry {house.erasure.seq} erased 1 bodies, on the basis: court_order." in found.remarks
    assert ledger.check().faults == []


def test_a_proof_made_before_the_erasure_still_holds(house):
    index, path, note = checkpoints.read_proof(house.before)
    tree = checkpoints.read_checkpoint(notes.read(note).text)
    assert is_included(bytes.fromhex(house.receipts[0].leaf), index, tree.size, path, tree.root)
    state = house.state(AGENCIES[0])
    assert heed_witness.check(bundle(house.checkpoint()), state, int(house.now.timestamp()))


@pytest.mark.parametrize(("bent", "says"), [
    ({"entries": [1, 2]}, "its body is destroyed, and it is there"),
    ({"entries": []}, "its body is missing, and no erasure names it"),
    ({"entries": [1, 10_000]}, "is no erasure"),
    ({"request": 1}, "is no erasure"),
    ({"request": None}, "is no erasure"),
    ({"entries": "1"}, "is no erasure"),
])  # fmt: skip
def test_an_erasure_that_says_something_else_covers_nothing_else(house, bent, says):
    """In the export of somebody who computes every hash anew, so that only the meaning is left to fail."""
    folder, seq = house.exported(), house.erasure.seq
    rows = [json.loads(line) for line in (folder / "bodies.jsonl").read_text().splitlines()]
    headers = [json.loads(line) for line in (folder / "entries.jsonl").read_text().splitlines()]
    row = next(row for row in rows if row["seq"] == seq)
    row["text"] = canonical(json.loads(row["text"]) | bent).decode()
    headers[seq - 1]["commitment"] = heed_verify.hashlib.sha256(
        bytes.fromhex(row["salt"]) + row["text"].encode()
    ).hexdigest()
    (folder / "bodies.jsonl").write_text(
        "".join(canonical(row).decode() + "\n" for row in rows), newline="\n"
    )
    (folder / "entries.jsonl").write_text(
        "".join(canonical(h).decode() + "\n" for h in headers), newline="\n"
    )
    for file in (folder / "checkpoints").iterdir():
        file.unlink()
    faults = heed_verify.verify(folder, house.asked()).faults
    assert any(says in fault for fault in faults), faults


def test_nothing_but_the_erased_body_is_missing(house):
    missing = Entry.objects.filter(body=None).values_list("seq", flat=True)
    assert list(missing) == [house.receipts[0].seq]


@pytest.mark.parametrize("kind", ["erasure", "erasure_refused"])
def test_a_request_is_decided_once(house, kind):
    """A second decision of the same request, as somebody would append it who computes every hash anew."""
    folder, seq = house.exported(), house.erasure.seq
    headers = [json.loads(line) for line in (folder / "entries.jsonl").read_text().splitlines()]
    body = next(
        line for line in (folder / "bodies.jsonl").read_text().splitlines() if f'"seq":{seq},' in line
    )
    again = headers[seq - 1] | {"seq": len(headers) + 1, "kind": kind}
    with (folder / "entries.jsonl").open("a", newline="\n") as entries:
        entries.write(canonical(again).decode() + "\n")
    with (folder / "bodies.jsonl").open("a", newline="\n") as bodies:
        bodies.write(canonical(json.loads(body) | {"seq": again["seq"]}).decode() + "\n")
    assert any("is no erasure" in fault for fault in heed_verify.verify(folder, house.asked()).faults)


@pytest.mark.parametrize("subject", ["erasure:77", "record"])
def test_an_erasure_is_about_the_request_it_names(house, subject):
    folder, seq = house.exported(), house.erasure.seq
    headers = [json.loads(line) for line in (folder / "entries.jsonl").read_text().splitlines()]
    headers[seq - 1]["subject"] = subject
    text = "".join(canonical(header).decode() + "\n" for header in headers)
    (folder / "entries.jsonl").write_text(text, newline="\n")
    assert any("is no erasure" in fault for fault in heed_verify.verify(folder, house.asked()).faults)
