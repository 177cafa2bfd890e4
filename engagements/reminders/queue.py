"""The worker of reminders: sends what is due, each mail once, through any SMTP server."""

import logging
from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException
from threading import Event

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError, connections
from django.template.loader import render_to_string
from django.utils import translation

from engagements.reminders import services
from engagements.reminders.rules import message_id
from engagements.reminders.services import Due, Letter
from sgoffice.changes import today

_log = logging.getLogger(__name__)


def work(stop: Event, *, every: float) -> None:
    """Send what is due until `stop` is set. What fails is logged and tried again."""
    while not stop.is_set():
        try:
            send_due(stop, at=today.now())
        except Exception:  # noqa: BLE001 - the worker goes on whatever happens
            _log.exception("looking for reminders failed")
        connections.close_all()
        stop.wait(every)


def waiting() -> int:
    """Return how many mails are due."""
    return sum(1 for _ in services.due_at(today.now()))


def work_once(report: Callable[[str], object]) -> list[str]:
    """Send what is due once; return what failed."""
    try:
        count, failed = send_due(Event(), at=today.now())
    except DatabaseError as error:
        return [f"reminders: {error}"]
    report(f"reminders: {count} sent")
    return [f"reminders: {failed} could not be sent"] if failed else []


def send_due(stop: Event, *, at: datetime) -> tuple[int, int]:
    """Send every mail that is due and that nobody holds; return how many were sent, and how many failed."""
    count = failed = 0
    services.forget_old(at=at)
    for due in services.due_at(at):
        if stop.is_set():
            break
        outcome = _send(due, at)
        count += outcome is True
        failed += outcome is False
    return count, failed


def _send(due: Due, at: datetime) -> bool | None:
    """Send one mail; return whether it went out, None if there was nothing to send."""
    mail = services.claim(due, at=at)
    if mail is None:
        return None
    letter = services.letter_for(due, at=at)
    if letter is None:
        services.conclude(mail, was_sent=False, at=at)
        return None
    server = get_connection()
    try:
        server.open()
    except (OSError, SMTPException):
        _log.exception("the mail server does not answer; the reminder waits")
        services.give_back(mail, at=at)
        return False
    try:
        server.send_messages([message_of(due, letter)])
    except (OSError, SMTPException):
        _log.exception("sending a reminder failed; it may have left, and is tried once more at most")
        return False
    finally:
        server.close()
    services.conclude(mail, was_sent=True, at=at)
    return True


def message_of(due: Due, letter: Letter) -> EmailMessage:
    """Return the mail of a letter: plain text, with a Message-ID that does not change when it is sent again."""
    address = settings.MAIL_LINKS.rstrip("/")
    context = {"letter": letter, "address": address}
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {
        "Message-ID": message_id(due.kind, str(due.user.pk), due.day, domain),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if address:
        headers["List-Unsubscribe"] = f"<{address}/desk/me/reminders>"
    with translation.override(letter.language):
        body = render_to_string("reminders/mail.txt", context)
    return EmailMessage(letter.subject, body, to=[due.user.email], headers=headers)
