"""Makers of engagements, and of those who stand for the office; each calls a service."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from appointments import services as appointments
from appointments.models import Post
from engagements import services
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.services.principals import OFFICE_POST
from sgoffice.directory.models import Organization, Person
from sgoffice.records.actors import OFFICE, Actor
from sgoffice.records.models import MarkedRecord
from tests.factories import directory

_numbers = count(1)
#: The instant at which the tests enter things.
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def theirs(
    *, person: Person | None = None, organization: Organization | None = None, **values: Any
) -> services.ParticipantEntry:
    """A counterpart; the capacity is made of what is named beside the person."""
    names = ("title", "country", "called")
    given = {name: values.pop(name) for name in names if name in values}
    if organization is not None:
        given["organization"] = organization.pk
    capacities = (services.CapacityEntry(**given),) if given else ()
    person = person or directory.person(f"Counterpart {next(_numbers)}")
    return services.ParticipantEntry(person=person.pk, capacities=capacities, **values)


def group(description: str, *, country: str | None = None, **values: Any) -> services.ParticipantEntry:
    """Several people without names."""
    capacities = (services.CapacityEntry(country=country),) if country else ()
    named = services.GroupEntry(description=description)
    return services.ParticipantEntry(group=named, capacities=capacities, **values)


def entry(**values: Any) -> services.EngagementEntry:
    given: dict[str, Any] = {
        "title": f"Engagement {next(_numbers)}",
        "kind": "bilateral_meeting",
        "status": "held",
    }
    if "starts_at" not in values and values.get("status") not in {"requested", "declined", "delegated"}:
        given["held"] = "2024-05-15"
    return services.EngagementEntry(**given | values)


def engagement(*, by: Actor = OFFICE, at: datetime = NOW, **values: Any) -> Engagement:
    return services.log_engagement(entry(**values), by=by, at=at)


def planned(**values: Any) -> Engagement:
    return engagement(**{"status": "confirmed", "held": "2026-03-20"} | values)


def paper(of: Engagement, *, by: Actor = OFFICE, **values: Any) -> Paper:
    given = {"kind": "readout", "title": f"Paper {next(_numbers)}", **values}
    return services.add_paper(services.PaperEntry(engagement=of.pk, **given), by=by)


def attachment(of: MarkedRecord, *, by: Actor = OFFICE, **values: Any) -> Attachment:
    """A file of an engagement or an agreement that is stored elsewhere."""
    given = {"title": f"Attachment {next(_numbers)}", "address": "https://example.org/file", **values}
    return services.add_attachment(services.AttachmentEntry(**{of.record_kind: of.pk}, **given), by=by)


def text(of: MarkedRecord, content: bytes = b"We agree.", **values: Any) -> Attachment:
    """A file of an engagement or an agreement that is stored here."""
    file = services.Upload(name="text.txt", content=content)
    return attachment(of, **{"title": "The text", "language": "en", "address": "", "file": file} | values)


def action_item(of: MarkedRecord, *, by: Actor = OFFICE, **values: Any) -> ActionItem:
    """An action item about an engagement, a mandate or an agreement."""
    given = {"text": f"Send the draft {next(_numbers)}", of.record_kind: of.pk, **values}
    return services.add_action_item(services.ActionItemEntry(**given), by=by)


def office_post() -> Post:
    """The post whose holder stands for the office."""
    found = Post.objects.filter(slug=OFFICE_POST).first()
    if found is not None:
        return found
    organization = directory.organization("Our own organization")
    made = appointments.PostEntry(slug=OFFICE_POST, label="Secretary General", organization=organization.pk)
    return appointments.set_up_post(made, by=OFFICE)


def holder(name: str, start: str, end: str | None = None, **values: Any) -> Person:
    """Somebody who holds the office's post from a day until another one."""
    person = directory.person(name)
    given = appointments.AppointmentEntry(post=office_post().pk, person=person.pk, start=start, end=end, **values)
    appointments.record_appointment(given, by=OFFICE)
    return person
