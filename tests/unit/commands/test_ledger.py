"""`heed ledger ...`: what goes out to witnesses and verifiers, and what comes back, from the command line."""

import json

import pytest

from heed.casework.commands.ledger import command as ledger
from heed.casework.models import Cosignature, Entry
from heed.core.records import checkpoints, notes
from outside import heed_verify, heed_witness
from tests.unit.commands.running import run
from tests.watched import AGENCIES, watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(tmp_path, settings):
    house = watched(tmp_path, settings)
    house.save(3, "contact")
    return house


def test_an_empty_ledger_has_nothing_to_sign():
    ran = run(ledger, "checkpoint")
    assert (ran.code, "there is nothing to sign yet" in ran.explained) == (2, True)


def test_out_to_a_witness_and_back(house, tmp_path):
    sent, back = tmp_path / "bundle", tmp_path / "back"
    assert run(ledger, "checkpoint", "--out", sent).code == 0
    for agency in AGENCIES:
        state = ["--state", str(tmp_path / agency)]
        assert heed_witness.main(["check", str(sent), *state, "--out", str(back)]) == 0
        ran = run(ledger, "cosign", back)
        assert (ran.code, ran.out) == (0, f"{agency}: cosignature of {agency}.example/witness taken in.\n")
    assert "was here already" in run(ledger, "cosign", back).out
    assert Cosignature.objects.count() == len(AGENCIES)
    assert run(ledger, "verify").code == 0


def test_a_checkpoint_of_another_ledger_is_not_taken_in(house, tmp_path):
    file = tmp_path / "strange"
    file.write_text("other.example/log\n3\n" + "A" * 43 + "=\n\n— other.example/log AAAAAAA=\n")
    ran = run(ledger, "cosign", file)
    assert (ran.code, "this ledger signed no such checkpoint" in ran.explained) == (2, True)


def test_a_note_nobody_else_signed_is_said_to_be_one(house, tmp_path):
    file = tmp_path / "own"
    file.write_text(run(ledger, "checkpoint").out)
    assert "nobody but this ledger has signed it" in run(ledger, "cosign", file).out


def test_keys_are_printed_one_a_line_with_whose_they_are(house):
    lines = run(ledger, "keys").out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["ledger", *AGENCIES]
    assert notes.read_key(lines[0].split(" ")[1]).name == "heed.example/log"


def test_an_entry_is_proved_once_it_is_under_a_checkpoint(house, tmp_path):
    assert "is under no checkpoint yet" in run(ledger, "prove", 2).explained
    run(ledger, "checkpoint")
    index, path, note = checkpoints.read_proof(run(ledger, "prove", 2).out)
    assert (index, len(path)) == (1, 2)
    assert run(ledger, "prove", 2, "--out", tmp_path / "proof").code == 0
    assert (tmp_path / "proof").read_text().endswith(note)


def test_a_proof_from_a_size_that_never_was_is_refused(house, tmp_path):
    ran = run(ledger, "checkpoint", "--out", tmp_path / "bundle", "--since", 99)
    assert (ran.code, "--since is from 0 to that" in ran.explained) == (2, True)


def test_an_export_is_an_entry_and_never_writes_over_anything(house, tmp_path):
    out = tmp_path / "export"
    assert run(ledger, "export", "--out", out).code == 0
    assert Entry.objects.latest("seq").kind == "export"
    about = json.loads((out / "export.json").read_text())
    assert (about["bodies"], about["entries"]) == ("left out", Entry.objects.count())
    assert "Collected at the gate" not in "".join(f.read_text() for f in out.rglob("*") if f.is_file())
    assert run(ledger, "export", "--out", out).code == 2
    assert run(ledger, "export", "--out", tmp_path / "whole.zip", "--bodies").code == 0
    assert heed_verify.main([str(tmp_path / "whole.zip")]) == 0
    assert run(ledger, "export", "--out", tmp_path / "export" / "keys.txt" / "x").code == 2
