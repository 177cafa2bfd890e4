"""Mail goes to a real server of the test's own."""

import pytest

from tests.engagements.reminders.mails import Postbox, listening


@pytest.fixture
def postbox(settings):
    box = Postbox()
    with listening(box) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.MAIL_LINKS = "https://register.example.org"
        yield box
