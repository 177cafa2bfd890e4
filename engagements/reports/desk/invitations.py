"""Log a meeting from an invitation, pasted or as a file: the form comes back filled in, and nothing is stored."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse

from engagements.api.proposals import Proposal, proposal_of
from engagements.desk.log import show_log
from engagements.desk.log_form import LogForm
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date
from sgoffice.admin.refusals import refusal_texts
from sgoffice.api.invitations import read_invitation
from sgoffice.api.invitations.parsers import LARGEST, MessageParser, ReceivedFile
from sgoffice.desk.pages import REFUSED, desk_page, show
from sgoffice.records.actors import Permission
from sgoffice.records.errors import InvalidEntry

_LONGEST_NAME, _LONGEST_TEXT = 300, 5000


@desk_page("GET", "HEAD", "POST", needs=Permission.WRITE)
def invitation(request: HttpRequest) -> HttpResponse:
    """Ask for an invitation, or show the form that it fills in."""
    if request.method != "POST":
        return show(request, "reports/desk/invitation.html", {})
    try:
        data, charset = _received(request)
        found = read_invitation(data, charset=charset)
        proposal = proposal_of(found, "", actor=actor_of(request))
    except InvalidEntry as error:
        context = {"refused": [text for _, text in refusal_texts(error)], "text": request.POST.get("text", "")}
        return show(request, "reports/desk/invitation.html", context, status=REFUSED)
    form = LogForm.sent(_typed(proposal, found.people), by=actor_of(request))
    form.errors.clear()
    return show_log(request, form, notes=_notes(proposal))


def _received(request: HttpRequest) -> tuple[bytes | str, str]:
    """Return the calendar that was sent: of a file, of a message with it inside, or as pasted."""
    file: Any = request.FILES.get("file")
    if file is None:
        return _of_text(request.POST.get("text", ""))
    if file.size > LARGEST:
        raise InvalidEntry([("/calendar", "The file is too large for an invitation.")])
    octets = file.read()
    is_calendar = octets.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR"
    return (octets, "utf-8") if is_calendar else _of_message(octets)


def _of_text(text: str) -> tuple[bytes | str, str]:
    if not text.strip():
        raise InvalidEntry([("/calendar", "Paste the invitation, or choose its file.")])
    if text.lstrip()[:15].upper() == "BEGIN:VCALENDAR":
        return text, "utf-8"
    return _of_message(text.encode("utf-8", "surrogatepass"))


def _of_message(octets: bytes) -> tuple[bytes | str, str]:
    found: ReceivedFile = MessageParser().parse(BytesIO(octets))
    return found.octets, found.charset


def _typed(proposal: Proposal, people: Any) -> dict[str, str]:
    """Return what would be typed for the proposal."""
    entry = proposal.entry
    names = [one.name or one.email for one in people if one.name or one.email]
    staff = {one.name or one.email for one in proposal.unplaced if one.is_staff}
    lines = [one[:_LONGEST_NAME] for one in dict.fromkeys(names) if one not in staff]
    start, end = entry.starts_at, entry.ends_at
    day = start.date().isoformat() if start else entry.held
    return {
        **{f"who-{number}": line for number, line in enumerate(lines)},
        "title": entry.title,
        "day": readable_date(day),
        "start": _clock(start),
        "end": _clock(end),
        "zone": entry.time_zone.rpartition("/")[2].replace("_", " "),
        "venue": entry.venue,
        "summary": entry.summary[:_LONGEST_TEXT],
        "status": entry.status,
        "marking": entry.marking,
    }


def _clock(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def _notes(proposal: Proposal) -> list[str]:
    same = proposal.same_as
    known = [f"The log has this meeting already: {same.reference}, {same.title}."] if same else []
    return [*known, *proposal.notes]
