"""Log engagements with everything that belongs to them, and correct them."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from engagements.models import Engagement, EngagementTopic
from engagements.rules import Contents, Days, is_ahead, local_today, require_contents
from engagements.services import agenda, levels, links, times
from engagements.services.action_items import create_action_item
from engagements.services.attachments import create_attachment
from engagements.services.counterparts import entered_counterparts
from engagements.services.duplicates import compare_with_log, dismiss_warning
from engagements.services.entries import EngagementEntry, OccasionEntry
from engagements.services.former_states import warn_of_former_states
from engagements.services.papers import create_paper
from engagements.services.participant_names import resolve_participants
from engagements.services.participants import set_participants
from engagements.services.post_claims import warn_of_post_claims
from engagements.services.principals import set_principal
from engagements.services.references import require_references
from sgoffice.changes.door import Expected, change, create, set_parts
from sgoffice.changes.references import takes_names
from sgoffice.changes.refusals import undone_as_one
from sgoffice.directory.rules import search_text
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import RECORD_FIELDS, Correction, assign_fields, check_fields, correction_of, to_json
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.readership import Readership
from sgoffice.records.time_zones import zones_of

#: Entered with an engagement, and changed afterwards by other services.
_CHANGED_ELSEWHERE = {
    "status": "The status changes by the steps: accept, confirm, hold ...",
    "status_reason": "The reason is given with the step.",
    "papers": "Papers are records of their own: add or correct them there.",
    "attachments": "Attachments are records of their own: add or correct them there.",
    "action_items": "Action items are records of their own: add or change them there.",
    "answers": "Items are answered when the engagement is held.",
}
_WITH_PRINCIPAL = (
    *times.FIELDS,
    "principal_id",
    "principal_post_id",
    "principal_attendance",
    "represented_by_id",
    "city",
    "country_id",
    "meeting_format",
)


@takes_names
def log_engagement(entry: EngagementEntry, *, by: Actor, at: datetime) -> Engagement:
    """Log an engagement in any status, with its participants, papers, attachments and action items, or nothing of it.

    Raises InvalidEntry for unknown ids and invalid times and dates; RuleViolation for what the status requires
    (`engagements.rules`), when two people may have held the post on the first day, and for items on the list without
    an answer; PossibleDuplicates for an engagement that the log seems to have already, and for names of participants
    that may mean somebody in the directory.
    """
    by.require(Permission.WRITE)
    with undone_as_one(by):
        readers = Readership.marked(entry.marking, by.id, entry.readers)
        participants, understood = resolve_participants(entry.participants, by=by, readers=readers)
        entry = replace(entry, participants=participants)
        counterparts = entered_counterparts(participants)
        with create(Engagement, verb="log", by=by) as engagement:
            engagement.understood = to_json(understood)
            _write(engagement, correction_of(entry), at=at)
            compare_with_log(engagement, entry, counterparts)
            agenda.set_agenda(engagement, entry, counterparts)
        agenda.apply_answers(engagement, entry.answers, by=by, at=at)
        for paper in entry.papers:
            create_paper(engagement, paper, by=by)
        for file in entry.attachments:
            create_attachment(engagement, file, by=by)
        for place, item in enumerate(entry.action_items):
            create_action_item(engagement, item, by=by, pointer=f"/action_items/{place}")
    return engagement


@takes_names
def correct_engagement(
    engagement_id: UUID,
    correction: Correction[EngagementEntry],
    *,
    by: Actor,
    expected: Expected,
    at: datetime,
    reason: str = "",
) -> Engagement:
    """Correct an engagement; a list of participants replaces the old one, `allow_duplicate` ends a warning of another.

    Raising its marking raises that of what belongs to it. Raises what log_engagement raises.
    """
    by.require(Permission.WRITE)
    if refused := [(f"/{name}", _CHANGED_ELSEWHERE[name]) for name in correction.values if name in _CHANGED_ELSEWHERE]:
        raise InvalidEntry(refused)
    with undone_as_one(by):
        understood = None
        if "participants" in correction:
            readers = _readers_after(engagement_id, correction, by=by)
            participants, understood = resolve_participants(correction.get("participants"), by=by, readers=readers)
            correction = replace(correction, values={**correction.values, "participants": participants})
        with change(Engagement, engagement_id, verb="correct", by=by, expected=expected, reason=reason) as engagement:
            if understood is not None:
                engagement.understood = to_json(understood)
            _write(engagement, correction, at=at)
            if correction.get("allow_duplicate", False):
                dismiss_warning(engagement)
    return engagement


def _readers_after(engagement_id: UUID, correction: Correction[EngagementEntry], *, by: Actor) -> Readership:
    """Return who may read an engagement once it is corrected; for one that the actor cannot see, all staff."""
    stored = Engagement.objects.visible_to(by).filter(pk=engagement_id).first() or Engagement()
    marking, readers = correction.get("marking", stored.marking), correction.get("readers", stored.readers)
    return Readership.marked(marking, stored.entered_by, readers)


def _write(engagement: Engagement, given: Correction[EngagementEntry], *, at: datetime) -> None:
    """Set what is given on an open engagement, and apply the rules to the result."""
    require_references(given.values)
    before = _principal_facts(engagement)
    _set_fields(engagement, given)
    if "topics" in given:
        _set_topics(engagement, given.get("topics"))
    if "participants" in given:
        set_participants(engagement, given.get("participants"))
    days = times.set_times(engagement, given.values)
    require_legal(engagement, days, at=at)
    links.set_entered_links(engagement, given.values)
    if engagement.principal_id is None or "part_of" in given or _principal_facts(engagement) != before:
        set_principal(engagement, days, today=local_today(at, engagement.time_zone))
    levels.find_levels(engagement, given, days)
    if given.values.keys() & {"country", "participants", *times.FIELDS}:
        warn_of_former_states(engagement, given, days)
        warn_of_post_claims(engagement, days)


def _principal_facts(engagement: Engagement) -> list[object]:
    """Return what the principal and the warnings about the principal depend on."""
    return [getattr(engagement, name) for name in _WITH_PRINCIPAL]


def _set_fields(engagement: Engagement, given: Correction[EngagementEntry]) -> None:
    """Set the plain fields; what is not given keeps its value."""
    assign_fields(engagement, given, only=RECORD_FIELDS | {"title"})
    engagement.kind = given.get("kind", engagement.kind)
    engagement.meeting_format = given.get("meeting_format", engagement.meeting_format)
    engagement.status = given.get("status", engagement.status)
    engagement.status_reason = given.get("status_reason", engagement.status_reason)
    engagement.reply_by = given.get("reply_by", engagement.reply_by)
    engagement.responsible_id = given.get("responsible", engagement.responsible_id)
    engagement.initiative = given.get("initiative", engagement.initiative)
    levels.state_level(engagement, given)
    engagement.date_basis = given.get("date_basis", engagement.date_basis)
    engagement.venue = given.get("venue", engagement.venue)
    engagement.city = given.get("city", engagement.city)
    engagement.country_id = given.get("country", engagement.country_id)
    engagement.country_name_then = given.get("country_name_then", engagement.country_name_then)
    engagement.at_headquarters = given.get("at_headquarters", engagement.at_headquarters)
    engagement.office_id = given.get("office", engagement.office_id)
    engagement.principal_id = given.get("principal", engagement.principal_id)
    engagement.principal_post_id = given.get("principal_post", engagement.principal_post_id)
    engagement.principal_title = given.get("principal_title", engagement.principal_title)
    engagement.principal_attendance = given.get("principal_attendance", engagement.principal_attendance)
    engagement.principal_mode = given.get("principal_mode", engagement.principal_mode)
    engagement.represented_by_id = given.get("represented_by", engagement.represented_by_id)
    engagement.summary = given.get("summary", engagement.summary)
    engagement.outcome = given.get("outcome", engagement.outcome)
    if "occasion" in given:
        _set_occasion(engagement, given.get("occasion"))
    check_fields(engagement, given.values.keys())
    if not engagement.title.strip():
        raise InvalidEntry([("/title", "A title is needed: what it is, in one line.")])


def _set_occasion(engagement: Engagement, occasion: OccasionEntry | None) -> None:
    if occasion is None:
        engagement.occasion, engagement.occasion_search = None, ""
        return
    if not occasion.name.strip():
        raise InvalidEntry([("/occasion/name", "Say what the occasion is called.")])
    if occasion.dates:
        try:
            PartialDate.parse(occasion.dates)
        except ValueError as error:
            raise InvalidEntry([("/occasion/dates", str(error))]) from None
    engagement.occasion = to_json(occasion)
    engagement.occasion_search = search_text(
        occasion.name, occasion.series, occasion.number, f"{occasion.series} {occasion.number or ''}"
    )


def _set_topics(engagement: Engagement, topics: tuple[UUID, ...]) -> None:
    kept = {} if engagement.is_new else dict(engagement.subjects.values_list("topic", "pk"))
    rows = [{"topic": topic, **({"id": kept[topic]} if topic in kept else {})} for topic in dict.fromkeys(topics)]
    set_parts(engagement, EngagementTopic, rows)


def require_legal(engagement: Engagement, days: Days | None, *, at: datetime) -> None:
    """Raise RuleViolation unless an open engagement has what its status requires."""
    today = local_today(at, engagement.time_zone, zones_of(engagement.country_id or ""))
    require_contents(engagement.status, _contents(engagement, days), today=today, now=at)


def is_over(engagement: Engagement, at: datetime) -> bool:
    """Tell whether what became of an engagement can be said already."""
    today = local_today(at, engagement.time_zone, zones_of(engagement.country_id or ""))
    return not is_ahead(_contents(engagement, stored_days(engagement)), today=today, now=at)


def _contents(engagement: Engagement, days: Days | None) -> Contents:
    return Contents(
        days=days,
        starts_at=engagement.starts_at,
        ends_at=engagement.ends_at,
        attendance=engagement.principal_attendance,
        mode=engagement.principal_mode,
        is_represented=engagement.represented_by_id is not None,
    )


def stored_days(engagement: Engagement) -> Days | None:
    """Return the local days of an engagement, as far as known."""
    return Days.of(engagement.held) if engagement.held else None
