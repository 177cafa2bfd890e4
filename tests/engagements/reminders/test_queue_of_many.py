"""Several workers at once send a mail once."""

from threading import Event, Thread

import pytest
from django.db import connections

from engagements.reminders.models import ReminderMail
from tests.engagements.reminders.mails import Postbox, listening, reader, sent
from tests.factories import engagements as make

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_many_workers_send_one_mail(settings):
    reader("mine")
    make.engagement(title="Talk", status="confirmed", held="2026-11-30")
    start, box = Event(), Postbox()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"

    def work():
        start.wait()
        try:
            sent()
        finally:
            connections.close_all()

    with listening(box) as port:
        settings.EMAIL_PORT = port
        workers = [Thread(target=work) for _ in range(6)]
        for one in workers:
            one.start()
        start.set()
        for one in workers:
            one.join()

    assert len(box.mails) == 1
    assert ReminderMail.objects.get().attempts == 1
