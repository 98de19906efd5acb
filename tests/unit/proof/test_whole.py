"""The whole way of the proof: saved, signed, witnessed, taken in, written out, and verified by a stranger."""

import subprocess
import sys
from pathlib import Path

import pytest

from heed.casework.bundles import proof_of
from heed.casework.ledger import check
from heed.casework.models import Checkpoint, Cosignature
from heed.casework.witnessing import GREEN, state, trouble
from heed.core.records import checkpoints, notes
from heed.core.records.proofs import is_included
from outside import heed_verify, heed_witness
from tests.watched import AGENCIES, watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(tmp_path, settings):
    house = watched(tmp_path, settings)
    house.save(7)
    house.witnessed()
    house.save(6)
    house.witnessed()
    return house


def test_everything_holds_inside_and_outside(house):
    assert check().faults == []
    assert trouble(house.now) == []
    assert state(house.now).colour == GREEN
    receipts = tuple(map(house.receipt, range(13)))
    found = heed_verify.verify(house.exported(), house.asked(receipts, tuple(map(house.last, AGENCIES))))
    assert found.faults == []
    seen = Cosignature.objects.latest("pk").checkpoint.size
    assert found.witnessed == {f"{agency}.example/witness": seen for agency in AGENCIES}
    assert seen < found.signed == found.entries, "an export is signed to its end"
    assert (found.receipts, found.left_out, found.erased) == (13, 0, 0)
    assert found.bodies == found.entries


def test_without_bodies_it_says_so_and_holds(house):
    found = heed_verify.verify(house.exported(bodies=False), house.asked())
    assert found.faults == []
    assert (found.bodies, found.left_out) == (0, found.entries)


def test_a_zip_is_read_like_a_folder(house):
    found = heed_verify.verify(heed_verify._folder(str(house.exported("export.zip"))), house.asked())
    assert found.faults == []


def test_the_verifier_runs_alone_and_in_plain_python(house, tmp_path):
    """As a stranger has it: one copied file, no Heed, no package, not even site-packages."""
    copied = tmp_path / "heed_verify.py"
    copied.write_text(Path(heed_verify.__file__).read_text())
    given = [f"--witness={house.state(agency).key()[1]}" for agency in AGENCIES]
    line = [sys.executable, "-I", "-S", str(copied), str(house.exported()), "--need", "2", *given]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ok: everything that is here holds" in done.stdout
    assert "compare" in done.stdout.lower(), (
        "keys that came with the export are not taken for proof in silence"
    )


def test_only_witnesses_that_were_given_and_signed_last_are_counted(house, capsys):
    export, keys = house.exported(), [f"--witness={house.state(agency).key()[1]}" for agency in AGENCIES]
    assert heed_verify.main([str(export), "--need", "2", *keys]) == 0
    assert heed_verify.main([str(export), "--need", "2", keys[0], keys[0]]) == 1
    assert heed_verify.main([str(export), "--need", "1"]) == 1, "keys of the export itself count for nothing"
    note = max((export / "checkpoints").glob("*.note"), key=lambda file: int(file.stem))
    while f"{AGENCIES[1]}.example" not in note.read_text():
        note.unlink()
        note = max((export / "checkpoints").glob("*.note"), key=lambda file: int(file.stem))
    left = [
        line for line in note.read_text().splitlines(keepends=True) if f"{AGENCIES[1]}.example" not in line
    ]
    note.write_text("".join(left))
    assert heed_verify.main([str(export), "--need", "1", *keys]) == 0
    assert heed_verify.main([str(export), "--need", "2", *keys]) == 1, "one of them signed an older one only"
    assert "1 of the witnesses given" in capsys.readouterr().out


def test_a_proof_of_one_entry_needs_nothing_but_the_checkpoint_in_it(house):
    receipt = house.receipts[3]
    index, path, note = checkpoints.read_proof(proof_of(receipt.seq))
    tree = checkpoints.read_checkpoint(notes.read(note).text)
    assert index == receipt.seq - 1
    assert is_included(bytes.fromhex(receipt.leaf), index, tree.size, path, tree.root)
    assert len(notes.read(note).signatures) == 1 + len(AGENCIES)


def test_the_checkpoint_of_heed_is_read_by_all_three_programs_alike(house):
    kept = Checkpoint.objects.latest("size")
    inside = checkpoints.read_checkpoint(notes.read(kept.note).text)
    verifier = heed_verify.read_checkpoint(heed_verify.read_note(kept.note).text)
    witness = heed_witness.read_checkpoint(kept.note)
    assert (
        (inside.origin, inside.size, inside.root) == verifier == (witness.origin, witness.size, witness.root)
    )
    assert Cosignature.objects.count() == 4
