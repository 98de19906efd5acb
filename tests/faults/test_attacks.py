"""Somebody with the whole database, and then with the signing key too, wants the past to have been another.

Each attack is run on a real small house whose ledger two agencies watch, and each layer is asked by itself: does it
see it? `verify` knows the database only; `checkpoint` what was signed and kept beside the key; `witness` each agency's
own copy, held by the agency's own programs; `receipt` what whoever reported has in their hands. What an attack is
not caught by is stated as exactly as what it is caught by: with that layer taken away, the attack passes.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction

from heed.casework import keys, ledger
from heed.casework.anchors import Anchors
from heed.casework.checkpoints import SIGNED, WITNESSED
from heed.core.records.explained import Explained
from outside import heed_verify, heed_witness
from tests.faults import attacking as it
from tests.faults.attacking import Attacked, asked_for, besieged, with_the_key
from tests.watched import AGENCIES, House

pytestmark = pytest.mark.django_db
VERIFY, CHECKPOINT, WITNESS, RECEIPT = "verify", "checkpoint", "witness", "receipt"
V, CWR, WR = {VERIFY}, {CHECKPOINT, WITNESS, RECEIPT}, {WITNESS, RECEIPT}
ALL = {VERIFY, *CWR}
QUICK = (
    (it.other_words, V), (it.taken_out, ALL), (it.other_words_rewritten, CWR), (it.put_in_rewritten, CWR),
    (with_the_key(it.taken_out_rewritten), WR), (it.late_words, {RECEIPT}), (it.late_words_no_receipt, set()),
    (it.older_copy, CWR), (it.erased_by_one, V), (it.receipt_altered, {RECEIPT}),
)  # fmt: skip
"""One of each kind, in every run of the suite."""
REST = (
    (it.another_writer, ALL), (it.cut_off, {VERIFY, CHECKPOINT, RECEIPT}), (it.put_in, V), (it.exchanged, ALL),
    (it.another_writer_rewritten, CWR), (it.taken_out_rewritten, CWR), (it.cut_off_rewritten, CWR),
    (it.exchanged_rewritten, CWR), (with_the_key(it.other_words_rewritten), WR),
    (with_the_key(it.another_writer_rewritten), WR), (with_the_key(it.cut_off_rewritten), WR),
    (with_the_key(it.put_in_rewritten), WR), (with_the_key(it.exchanged_rewritten), WR), (it.two_faces, {WITNESS}),
    (it.older_copy_and_keys, WR), (it.body_destroyed, V), (it.erasure_widened, ALL), (it.erasure_back_dated, CWR),
    (with_the_key(it.erasure_back_dated), WR), (it.cosignature_invented, {CHECKPOINT}),
    (it.checkpoint_invented, {CHECKPOINT}), (it.erased_row_changed, V), (it.erasure_request_removed, V),
)  # fmt: skip
THE_ONE_LEFT = "late_words_no_receipt"


def caught(attacked: Attacked) -> dict[str, str]:
    """Which layers see something, each with the first thing it says."""
    house, found = attacked.house, {}
    bare, whole = _faults(without=True), _faults(without=False)
    if bare:
        found[VERIFY] = str(bare[0])
    signed = [fault for fault in whole if fault not in bare]
    if signed:
        found[CHECKPOINT] = str(signed[0])
    refusal = _shown_to_witnesses(house)
    export = _exported(house)
    own = heed_verify.verify(export, house.asked(own=tuple(map(house.last, AGENCIES)))).faults
    own = refusal + [fault for fault in own if fault.startswith("own ")]
    if own:
        found[WITNESS] = own[0]
    told = heed_verify.verify(export, house.asked(receipts=tuple(attacked.receipts))).faults
    told = [fault for fault in told if fault.startswith("receipt ")]
    if told:
        found[RECEIPT] = told[0]
    return found


def _faults(without: bool) -> list:
    with pytest.MonkeyPatch.context() as patched:
        if without:
            patched.setattr(Anchors, "faults", lambda self, last: iter(()))
        return ledger.check().faults


def _shown_to_witnesses(house: House) -> list[str]:
    """What the agencies' programs say to the next checkpoint; nothing when the log itself refuses to sign one.
    They work on copies of their folders, and the house is left as it was."""
    kept = {
        name: file.read_bytes() for name in (SIGNED, WITNESSED) if (file := keys.folder() / name).exists()
    }
    try:
        with transaction.atomic():
            made = house.checkpoint()
            for agency in AGENCIES:
                with TemporaryDirectory() as copy:
                    shutil.copytree(house.folder / agency, copy, dirs_exist_ok=True)
                    state = heed_witness.State(Path(copy))
                    heed_witness.check(asked_for(house, made, agency), state, int(house.now.timestamp()))
            transaction.set_rollback(True)
    except heed_witness.Refused as refusal:
        return [str(refusal)]
    except Explained:
        return []
    finally:
        for name in (SIGNED, WITNESSED):
            (keys.folder() / name).unlink(missing_ok=True)
        for name, content in kept.items():
            keys.replaced(name, content)
    return []


def _exported(house: House) -> Path:
    """The export without its checkpoints: what the agencies bring along is all there is to hold it against."""
    with transaction.atomic():
        export = house.exported(f"export-{len(list(house.folder.iterdir()))}")
        transaction.set_rollback(True)
    for file in (export / "checkpoints").glob("*"):
        file.unlink()
    return export


def test_nobody_is_accused_where_nobody_attacked(tmp_path, settings):
    assert caught(besieged(tmp_path, settings)) == {}


@pytest.mark.parametrize(("attack", "layers"), QUICK, ids=lambda each: getattr(each, "__name__", ""))
def test_an_attack_is_seen_by_these_layers_and_by_no_other(tmp_path, settings, attack, layers):
    assert set(_after(tmp_path, settings, attack)) == layers


def test_an_erasure_in_two_peoples_names_is_shown_though_no_hash_can_tell(tmp_path, settings):
    """The ledger proves what was written down and when, not who sat at the keyboard: whoever verifies is told."""
    attacked = besieged(tmp_path, settings)
    it.erased_in_two_names(attacked)
    assert caught(attacked) == {}
    remarks = heed_verify.verify(_exported(attacked.house), attacked.house.asked()).remarks
    assert any("erased 1 bodies, on the basis: court_order" in remark for remark in remarks)


@pytest.mark.drill
def test_every_attack_is_caught_but_the_one_that_is_stated(tmp_path_factory, settings):
    seen, layers = {}, (VERIFY, CHECKPOINT, WITNESS, RECEIPT)
    for attack, expected in (*QUICK, *REST):
        with transaction.atomic():
            folder = settings.DATA = tmp_path_factory.mktemp("house")
            seen[attack.__name__] = _after(folder, settings, attack)
            transaction.set_rollback(True)
        assert set(seen[attack.__name__]) == expected, attack.__name__
    print(f"{'attack':34}", *(f"{layer:10}" for layer in layers))
    for name, found in seen.items():
        print(f"{name:34}", *(f"{'caught' if layer in found else '-':10}" for layer in layers))
    passed = [name for name, found in seen.items() if not found]
    with_key = [
        name for name in seen if any(word in name for word in ("_signed", "late", "two_faces", "and_keys"))
    ]
    print(
        f"{len(seen)} attacks, {len(with_key)} of them with the signing key: {len(seen) - len(passed)} caught"
    )
    print(f"not caught: {', '.join(passed)} (newer than the last witnessed checkpoint, and no receipt kept)")
    assert passed == [THE_ONE_LEFT]


def _after(folder: Path, settings, attack: Callable[[Attacked], None]) -> dict[str, str]:
    attacked = besieged(folder, settings)
    attack(attacked)
    return caught(attacked)
