"""The page of the rules of practice: all twelve, with what each opens, and a link to it at the foot of every page."""

import pytest

from heed.casework.policy.practice import NUMBERS, read_practice

pytestmark = pytest.mark.django_db


def test_anybody_reads_every_rule_also_without_signing_in(as_, people, client):
    assert 'href="/rules"' in as_("sam").get("/").content.decode()
    page = client.get("/rules")
    assert page.status_code == 200
    words = page.content.decode()
    assert [number for number in NUMBERS if f'id="{number}"' not in words] == []
    assert read_practice().rules[6].opens in words
    assert "<code>practice.yaml</code>, counted.several_concerns" in words
