"""Every address by every method for everybody, against declared.txt: an address that nobody declared fails."""

from pathlib import Path

import pytest

from tests.access.asking import LIVE, METHODS, NOBODY, addresses, answered, house, patterns
from tests.figures import figure

pytestmark = pytest.mark.django_db
DECLARED = {
    words[0]: {"get": words[1], "head": words[1], "post": words[2]}
    for line in (Path(__file__).parent / "declared.txt").read_text().splitlines()
    if not line.startswith("#") and (words := line.split())
}
EVERYBODYS = {"sign-in", "sign-out", "welcome", "healthz", "readyz", "api-records", "rules"}
"""Addresses that hold nothing of any child, or are for those who are not signed in; their own tests hold them."""

KEEPS_WORDS = {"raise": "iixxxxx", "pause": "xxxxxxx"}
"""Whose session ended while they wrote is answered by the page itself, which gives their words back: 403, not saved."""


def unsigned(name: str, method: str) -> str:
    """What somebody is answered who is not signed in."""
    if name not in KEEPS_WORDS:
        return "i"
    return "403" if method == "post" else KEEPS_WORDS[name][METHODS.index(method)]


def differing(who: tuple[str, ...], methods: tuple[str, ...]) -> tuple[int, list[str]]:
    """How many cells were asked, and those answered otherwise than declared, a line each."""
    clients, cells, found = house(), 0, []
    for name, address in addresses():
        for one in who if name in DECLARED else ():
            for method in methods:
                letters = DECLARED[name].get(method, "x" * len(LIVE))
                expected = unsigned(name, method) if one in NOBODY else letters[LIVE.index(one)]
                cells += 1
                if (got := answered(clients[one], method, address)) != expected:
                    found.append(f"{method} {name} as {one}: {got}, declared {expected}")
    return cells, found


def test_every_address_is_declared():
    there = {str(pattern.name) for pattern in patterns()}
    undeclared = there - set(DECLARED) - EVERYBODYS
    assert not undeclared, f"say in tests/access/declared.txt who is answered what at {sorted(undeclared)}"
    assert set(DECLARED) <= there, f"no address any more: {sorted(set(DECLARED) - there)}"


def test_who_stands_near_and_who_knows_nothing():
    _, found = differing(("conflicted", "foreign"), ("get",))
    assert found == []


@pytest.mark.drill
def test_every_cell():
    cells, found = differing((*LIVE, *NOBODY), METHODS)
    assert found == []
    figure(
        "who is answered what: addresses x methods x relations to a child",
        f"{cells:,} cells, 0 undeclared, 0 differing",
        "0 undeclared, 0 differing",
    )
