"""Error rates by group: weighted by what was drawn, small groups and those that give them away left out."""

from datetime import timedelta

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.policy.quality import quality_rules
from heed.casework.quality.groups import by_group
from heed.casework.quality.judged import Answered, Design, Word
from heed.core.identity.sampling import BANDS
from tests.made_records import person, record
from tests.unit.quality.conftest import NOW

pytestmark = pytest.mark.django_db
DESIGN = Design({**dict.fromkeys(BANDS, 0), "joined_sure": 900, "joined_near": 100, "review": 50}, {}, {})


def pairs(*told: tuple[str, str, str, int], start: int = 0) -> list[Answered]:
    """So many pairs of a band, judged so, of two files that both say this sex; their records are taken in."""
    found, records = [], []
    for band, word, sex, times in told:
        for _ in range(times):
            number = start + len(found)
            keys = [f"police c-{number}a", f"police c-{number}b"]
            for key in keys:
                ref = key.partition(" ")[2]
                more = {"sex": sex} if sex else {}
                if sex == "F":
                    more["ethnicity"] = "Group A" if number % 2 else "Group B"
                records.append(record("police", f"R-{ref}", person(ref, "Ayla", "Marsh", **more), day=number))
            found.append(Answered(band, *keys, Word(word), NOW + timedelta(minutes=number)))
    receive_many(records=records, by=None, now=NOW)
    return found


def told(found):
    sex, ethnicity = by_group(DESIGN, found, quality_rules())
    return sex, ethnicity


def test_rates_count_each_pair_for_those_it_stands_for():
    found = pairs(
        ("joined_sure", "same", "F", 18), ("joined_near", "different", "F", 2), ("joined_sure", "same", "M", 20),
        ("review", "same", "F", 4), ("review", "different", "M", 6),
    )  # fmt: skip
    sex, ethnicity = told(found)
    assert [(g.name, g.joined, g.same) for g in sex.groups] == [("f", 20, 22), ("m", 20, 20)]
    girls, boys = sex.groups
    # 900 sure pairs are 38 drawn, 100 near ones 2, 50 to review 10.
    assert girls.wrong.value == pytest.approx(2 * 50 / (2 * 50 + 18 * 900 / 38))
    assert girls.missed.value == pytest.approx(4 * 5 / (4 * 5 + 18 * 900 / 38))
    assert (boys.wrong.value, boys.missed.value) == (0, 0)
    assert boys.wrong.high > 0.1, "twenty without an error are not free of error"
    assert sex.hidden is False
    assert [(g.name, g.joined) for g in ethnicity.groups] == [
        ("group a", 10),
        ("group b", 10),
        ("not recorded", 20),
    ]


def test_a_small_group_is_not_shown_nor_what_would_give_it_away():
    found = pairs(
        ("joined_sure", "same", "F", 30), ("joined_sure", "same", "M", 26), ("joined_sure", "same", "", 4)
    )
    sex, _ = told(found)
    assert [group.name for group in sex.groups] == ["f"]
    assert sex.hidden
    shown = sum(group.joined for group in sex.groups)
    assert len(found) - shown >= 10


def test_the_table_moves_only_in_whole_steps():
    found = pairs(("joined_sure", "same", "F", 20))
    before = told(found)[0]
    after = told([*found, *pairs(("joined_sure", "different", "F", 1), start=100)])[0]
    assert before == after
    assert before.counted == 20


def test_two_files_that_differ_are_a_group_of_their_own_and_who_cannot_tell_is_in_none():
    found = pairs(("joined_sure", "same", "F", 10), ("joined_sure", "cannot_tell", "F", 7))
    mixed = [
        Answered("joined_sure", one.left, other.right, Word.SAME, NOW)
        for one, other in zip(found, pairs(("joined_sure", "same", "M", 10), start=200), strict=False)
    ]
    sex, _ = told([*found, *mixed])
    assert [(g.name, g.joined) for g in sex.groups] == [("f", 10), ("recorded differently by the two", 10)]
