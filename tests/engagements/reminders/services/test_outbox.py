"""Who holds a mail, how often it is tried, and how long it is remembered."""

from datetime import timedelta

import pytest

from engagements.reminders import services
from engagements.reminders.models import ReminderMail
from tests.engagements.reminders.mails import MONDAY, reader

pytestmark = pytest.mark.django_db


def due():
    [found] = services.due_at(MONDAY)
    return found


def test_a_mail_is_held_by_one_worker_and_tried_twice_at_most():
    reader("mine")
    held_for = services.outbox.HELD_FOR

    first = services.claim(due(), at=MONDAY)
    meanwhile = services.claim(due(), at=MONDAY + held_for / 2)
    second = services.claim(due(), at=MONDAY + held_for)
    third = services.claim(due(), at=MONDAY + 3 * held_for)

    assert (first is None, meanwhile, second is None, third) == (False, None, False, None)
    assert ReminderMail.objects.get().attempts == 2


def test_what_is_done_is_due_no_more_and_forgotten_after_a_while():
    reader("mine")
    mail = services.claim(due(), at=MONDAY)
    services.conclude(mail, was_sent=True, at=MONDAY)

    assert list(services.due_at(MONDAY)) == []
    assert services.forget_old(at=MONDAY + timedelta(days=80)) == 0
    assert services.forget_old(at=MONDAY + timedelta(days=100)) == 1
