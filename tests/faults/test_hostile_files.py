"""Files that mean harm: no crash, no line unaccounted for, little memory, and a second import adds nothing."""

import pytest

from heed.formats import names
from tests.faults import hostile
from tests.faults.hostile.running import Heed, Ran

MOST_MB = 300
LEAST = 40
LOST = "are accounted for"
ADDED = ("accepted", "superseding")


@pytest.fixture(scope="module")
def heed(tmp_path_factory):
    running = Heed(tmp_path_factory.mktemp("house"))
    assert running.run("duties").code == 0
    yield running
    running.stop()


def told(ran: Ran, kind: str) -> list[str]:
    """What is wrong with one run, in words."""
    wrong = []
    if ran.code not in (0, 1, 2):
        wrong.append(f"{kind}: ended with {ran.code}: {ran.err[-2000:]}")
    if "Traceback" in ran.err:
        wrong.append(f"{kind}: a traceback: {ran.err[-2000:]}")
    if ran.code == 2 and not ran.err.strip():
        wrong.append(f"{kind}: nothing was said")
    if LOST in ran.err:
        wrong.append(f"{kind}: {ran.err[-500:]}")
    if ran.peak > MOST_MB:
        wrong.append(f"{kind}: {ran.peak:.0f} MB")
    account = ran.account
    if account is not None and account["lines"] != sum(account[way] for way in WAYS):
        wrong.append(f"{kind}: unaccounted: {account['lines']} lines")
    return wrong


WAYS = ("accepted", "superseding", "unchanged", "refused", "blank", "set_aside")


def imported(heed: Heed, format_name: str, name: str, folder) -> list[str]:
    """Import one hostile file twice, print what came of it, and return what is wrong."""
    path = hostile.makers(format_name)[name](folder)
    arguments = (
        "import",
        format_name,
        str(path),
        "--agency",
        "school",
        "--json",
        *hostile.options(format_name),
    )
    first, second = heed.run(*arguments), heed.run(*arguments)
    wrong = told(first, name) + told(second, f"{name}, again")
    if second.account is not None and any(second.account[way] for way in ADDED):
        wrong.append(f"{name}, again: added {[second.account[way] for way in ADDED]}")
    account = first.account or {"lines": 0, "accepted": 0, "refused": 0}
    print(
        f"{format_name:<18} {name:<40} exit {first.code}, {account['lines']:>7} accounted, {account['accepted']:>6} in, "
        f"{account['refused']:>6} refused, {max(first.peak, second.peak):4.0f} MB, {first.seconds:5.1f} s"
    )
    return wrong


def test_every_format_has_hostile_files():
    assert hostile.without_files() == []
    every = {f"{name} {maker}" for name in names() for maker in hostile.makers(name)}
    assert len(every) >= LEAST


@pytest.mark.parametrize(
    ("format_name", "name"),
    [
        ("table", "an_unclosed_quotation_mark"),
        ("table", "two_cells_far_apart"),
        ("records", "a_hundred_thousand_deep"),
    ],
)
def test_a_few_of_them(heed, tmp_path, format_name, name):
    assert imported(heed, format_name, name, tmp_path) == []


@pytest.mark.drill
@pytest.mark.parametrize("format_name", names())
def test_all_of_a_format(heed, tmp_path, format_name):
    wrong = []
    for name in hostile.makers(format_name):
        folder = tmp_path / name
        folder.mkdir()
        wrong += imported(heed, format_name, name, folder)
    assert not wrong, "\n" + "\n".join(wrong)
