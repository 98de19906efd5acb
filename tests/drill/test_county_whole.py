"""The whole way a county goes: files in, linked without knowing the truth, replayed over 16 years, proven.

Unlike the bench, nothing here knows who is who: the children of a finding are whom Heed's own links say.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter

import pytest

HEED = [sys.executable, "-c", "from heed.config.cli import main; main()"]
AGENCIES = ("police", "social_care", "school", "health", "home", "voluntary")


class Truth:
    """What was planted, and which of it a line of `heed replay` names."""

    def __init__(self, file):
        told = json.loads(file.read_text())
        self.since, self.until = told["from"], told["until"]
        self.networks = {entry["name"]: entry for entry in told["networks"]}
        self._people = {
            tuple(source): each["person"] for each in told["children"] for source in each["sources"]
        }

    def purity(self, line, name):
        """The share of a finding's children who are in the network; nothing when fewer than three are."""
        inside = {child["person"] for child in self.networks[name]["children"]}
        named = [self._person(child) for child in line["children"]]
        hits = len({person for person in named if person in inside})
        return hits / len(named) if hits >= 3 else 0.0

    def _person(self, child):
        people = Counter(self._people.get(tuple(source)) for source in child["sources"])
        return people.most_common(1)[0][0]


@pytest.fixture
def heed(tmp_path):
    """Run `heed` in a house of its own; gives what it printed and how long it took."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("HEED_", "DJANGO_"))
    }

    def run(*words):
        began = time.monotonic()
        found = subprocess.run(
            [*HEED, "--data", str(tmp_path / "house"), *words],
            capture_output=True,
            text=True,
            env=environment,
        )
        assert found.returncode == 0, f"{words}: {found.stderr[-2000:]}"
        print(f"heed {words[0]}: {time.monotonic() - began:.0f} s")
        return found.stdout + (found.stderr if words[0] == "rebuild" else "")

    return run


@pytest.mark.drill
def test_every_network_in_the_records_is_named_by_what_heed_itself_linked(tmp_path, heed):
    files = tmp_path / "county"
    heed("synth", "--town", "county", "--out", str(files))
    truth = Truth(files / "truth.json")
    for agency in AGENCIES:
        heed("import", "records", str(files / f"{agency}.jsonl"), "--agency", agency)
    heed("link")
    raised = heed("replay", "--from", truth.since, "--to", truth.until, "--every", "7", "--json")
    printed = raised.split("\n")[:-1]
    assert "" not in printed, f"an empty line among what is printed: {printed[:3]!r}"
    lines = [json.loads(line) for line in printed]

    print(f"{'network':<10} {'visible on':<12} {'purity':<7} {'managers first acted':<20} rule")
    unnamed = []
    for name, network in truth.networks.items():
        naming = [(line["as_of"], truth.purity(line, name), line["detector"]) for line in lines]
        day, purity, rule = min((each for each in naming if each[1] >= 0.5), default=("never", 0.0, ""))
        print(f"{name:<10} {day:<12} {purity:<7.2f} {network['first_acted_on'] or 'never':<20} {rule}")
        if day == "never" and network["evidence_in_records"]:
            unnamed.append(name)
    print(f"{len(lines)} findings in 16 years")
    assert unnamed == []
    assert "0 differences" in heed("rebuild", "--check")
    assert heed("ledger", "verify").startswith("ok")
