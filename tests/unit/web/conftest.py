"""The four personas and a signed-in client for each."""

import pytest
from django.test import Client

from tests import personas


@pytest.fixture
def people(db):
    return personas.standing()


@pytest.fixture
def as_(people):
    """A client signed in as one of the four: as_("rosa")."""

    def sign_in(name: str) -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(getattr(people, name))
        return client

    return sign_in
