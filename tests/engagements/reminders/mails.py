"""A real SMTP server that keeps what it is given, and who is reminded through it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket
from threading import Event

from aiosmtpd.controller import Controller

from engagements.reminders import queue, services
from tests.factories.accounts import staff

#: A Monday; nine in the morning in Paris.
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


class Postbox:
    """Takes every mail; `before` is called when one has arrived and is not yet acknowledged."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.mails: list[EmailMessage] = []
        self.before = before

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.before()
        return "250 kept"

    def texts(self) -> dict[str, str]:
        """Return the text of each mail by its address."""
        return {str(one["To"]): one.get_content() for one in self.mails}


@contextmanager
def listening(box: Postbox) -> Iterator[int]:
    """Serve a postbox on a free port of this machine."""
    with socket() as free:  # the library takes no port 0
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def reader(name, zone="Europe/Paris", *, role="officer", language="en", monday=False, morning=True):
    user = staff(role, email=f"{name}@example.org", time_zone=zone, language=language)
    services.choose_reminders(user, morning=morning, monday=monday, at=MONDAY)
    return user


def sent(at=MONDAY):
    return queue.send_due(Event(), at=at)
