"""Check digits against numbers worked out by hand from the published rules."""

import pytest

from heed.core.records.identifiers import passes


@pytest.mark.parametrize(
    ("scheme", "value", "verdict"),
    [
        # 9*10 + 9*9 + 9*8 + 1*3 + 2*2 is 250; 250 mod 11 is 8; 11 - 8 is 3
        ("nhs", "9990000123", True),
        ("nhs", "999 000 0123", True),
        ("nhs", "999-000-0123", True),
        ("nhs", "9990000124", False),
        ("nhs", "9990000132", False),
        ("nhs", "999000012", False),
        ("nhs", "99900001٢٣", False),
        # all noughts but a 1 under the weight 13: 13 is the letter P
        ("upn", "P000000000001", True),
        ("upn", "p000000000001 ", True),
        ("upn", "A000000000001", False),
        # a temporary number ends in a letter: B counts 1
        ("upn", "P00000000000B", True),
        ("upn", "P00000000000I", False),
        ("upn", "UN1", False),
        ("passport", "anything", None),
        ("la_child", "566910", None),
    ],
)
def test_a_check_digit_marks_a_number(scheme, value, verdict):
    assert passes(scheme, value) is verdict
