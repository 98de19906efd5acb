"""One bit turned anywhere in what was written out: the verifier says so, and never falls over."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heed.casework.signing import signer
from heed.core.records.notes import written_key
from outside import heed_verify
from tests.watched import watched

pytestmark = pytest.mark.django_db
SLOWLY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
TRUTH = ("entries.jsonl", "bodies.jsonl")


@pytest.fixture
def export(tmp_path, settings) -> tuple[Path, str]:
    house = watched(tmp_path, settings)
    house.save(2)
    house.witnessed()
    house.save(2, "contact")
    return house.exported(), written_key(signer().key)


@settings(max_examples=250, deadline=None, suppress_health_check=SLOWLY)
@given(st.data())
def test_a_bit_turned_in_what_was_said_or_done_is_always_seen(export, capsys, data):
    folder, key = export
    file = folder / data.draw(st.sampled_from(TRUTH))
    assert _with_a_bit_turned(file, data, folder, key) in (1, 2)


@settings(max_examples=250, deadline=None, suppress_health_check=SLOWLY)
@given(st.data())
def test_a_bit_turned_in_a_signature_or_a_list_is_an_answer_and_no_crash(export, capsys, data):
    folder, key = export
    others = sorted(each for each in folder.rglob("*") if each.is_file() and each.name not in TRUTH)
    assert _with_a_bit_turned(data.draw(st.sampled_from(others)), data, folder, key) in (0, 1, 2)


@pytest.mark.parametrize("change", [
    lambda line: line[:9] + line[9:73].upper() + line[73:],
    lambda line: line.replace(",", ", ", 1),
    lambda line: line.replace("}", ',"seq":1}', 1),
], ids=["capitals", "a space", "twice"])  # fmt: skip
def test_a_body_is_written_in_one_way_only(export, capsys, change):
    folder, key = export
    file = folder / "bodies.jsonl"
    first, rest = file.read_text().split("\n", 1)
    assert heed_verify.main([str(folder), "--key", key]) == 0
    file.write_text(f"{change(first)}\n{rest}", newline="\n")
    assert heed_verify.main([str(folder), "--key", key]) == 1


def _with_a_bit_turned(file: Path, data, folder: Path, key: str) -> int:
    true = file.read_bytes()
    bent = bytearray(true)
    bent[data.draw(st.integers(0, len(true) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(bent)
    try:
        return heed_verify.main([str(folder), "--key", key])
    finally:
        file.write_bytes(true)
