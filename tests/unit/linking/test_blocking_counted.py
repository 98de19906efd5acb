"""`heed identity blocking`: pairs by rule before anything is compared, crowded keys with the reason, and no name."""

import json
from itertools import combinations

import pytest
from click.testing import CliRunner

from heed.casework.actions.receive import receive_many
from heed.casework.commands.identity.blocking import command
from heed.casework.linking.counting_keys import count_keys
from heed.core.identity.blocking import keys_of
from heed.core.identity.crowded import MOST_HOLDERS
from heed.core.identity.profile import Profile
from tests.crowd import crowd
from tests.made_records import record_of
from tests.unit.linking.test_crowded import NOW


def test_pairs_are_those_that_share_a_key_of_the_rule():
    profiles = crowd(120, 31)
    found = count_keys(profiles)
    by_name = {
        rule.name: sum(
            len({k for k in keys_of(a) if k.startswith(f"{rule.name}|")} & set(keys_of(b)))
            for a, b in combinations(profiles, 2)
        )
        for rule in found.rules
    }
    assert {rule.name: rule.pairs + rule.spared for rule in found.rules} == by_name
    assert sum(by_name.values()) > 100


def test_a_number_typed_for_everybody_is_listed_with_the_reason_and_compares_nobody():
    many = MOST_HOLDERS + 5
    found = count_keys(
        [Profile(f"police c-{n}", True, numbers=(("nhs", "9990000000"),)) for n in range(many)]
    )
    (rule,) = [rule for rule in found.rules if rule.name == "number"]
    assert (rule.pairs, rule.crowds, rule.spared) == (0, (many,), many * (many - 1) // 2)
    told = "\n".join(found.lines())
    assert f"{many} with the same number: a placeholder" in told
    assert "9990000000" not in told


@pytest.mark.django_db
def test_the_command_says_so_and_names_nobody():
    profiles = crowd(40, 32)
    receive_many(records=[record_of(one, n) for n, one in enumerate(profiles)], by=None, now=NOW)
    plain, as_json = CliRunner().invoke(command), CliRunner().invoke(command, ["--json"])
    assert plain.exit_code == as_json.exit_code == 0, plain.output
    assert "people in agencies' files" in plain.output
    assert not any(
        name in plain.output for one in profiles for name in (*one.given, *one.family) if len(name) > 2
    )
    assert json.loads(as_json.output)["sources"] == 40
