"""`heed doctor` says when warnings by e-mail do not come in."""

import pytest

from heed.casework.mail.polling import poll
from heed.casework.models import MailTaken
from heed.casework.selfcheck.post import troubles
from tests.concerns import MONDAY

pytestmark = pytest.mark.django_db


def names():
    return [each.code for each in troubles(MONDAY)]


def test_a_house_without_a_mailbox_has_nothing_to_say():
    assert names() == []


def test_a_mailbox_that_is_not_read_and_messages_that_are_parked(mailbox, box):
    assert names() == ["mail"]
    box.messages[1] = b"junk"
    poll(MONDAY)
    assert names() == ["mail_parked"]
    MailTaken.objects.update(outcome="seen")
    assert names() == []
