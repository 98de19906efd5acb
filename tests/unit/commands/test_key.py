"""Keys for agencies' systems at the command line: a slip in a code makes no second agency."""

import pytest

from heed.casework.commands import key
from heed.casework.models import Agency, AgencyKey
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db


def test_a_key_of_an_agency_nobody_knows_is_refused_and_makes_none():
    told = run(key.command, "make", "--agency", "scool", "--name", "records system").explained
    assert "there is no agency 'scool' here" in told
    told = run(key.command, "make", "--agency", "school", "--name", "x", "--new-agency", "Schools").explained
    assert "is known already" in told
    assert not AgencyKey.objects.exists()
    assert not Agency.objects.filter(pk="scool").exists()


def test_a_new_agency_is_named_with_its_first_key():
    ran = run(key.command, "make", "--agency", "academy", "--name", "x", "--new-agency", "The Academy")
    assert ran.out.startswith("heed_")
    assert AgencyKey.objects.get().agency.name == "The Academy"
