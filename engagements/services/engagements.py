"""Log an engagement, with all that belongs to it, and correct what the log says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from engagements.models import Engagement, EngagementTopic
from engagements.rules import Contents, Days, local_today, require_contents, still_owed, to_raise
from engagements.services import agenda, links, participant_names, times
from engagements.services.action_items import promise
from engagements.services.counterparts import counterparts_of, references_of_open_items
from engagements.services.duplicates import require_new
from engagements.services.entries import EngagementEntry
from engagements.services.papers import attach, write_paper
from engagements.services.participants import set_participants, words_as_stored
from engagements.services.principals import settle_principal
from engagements.services.references import require_references
from engagements.vocabulary import AHEAD, EngagementStatus
from sgoffice.changes.door import Expected, change, create, set_parts
from sgoffice.directory.rules import search_text
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, to_json
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.partial_dates import PartialDate

#: Entered with an engagement, and then changed by services of their own.
BY_OTHER_MEANS = {
    "status": "Its status changes by its steps: accept, confirm, hold ...",
    "status_reason": "The reason is given with the step.",
    "papers": "Papers are records of their own: add or correct them there.",
    "attachments": "Attachments are records of their own: add or correct them there.",
    "action_items": "Action items are records of their own: add or change them there.",
    "answers": "Items are answered for when the engagement is held.",
    "allow_duplicate": "It is entered already.",
}
_APART = frozenset({*times.FIELDS, *links.FIELDS, *BY_OTHER_MEANS, "topics", "participants", "occasion"}).difference(
    {"status", "status_reason"}
)
_WITH_PRINCIPAL = frozenset({*times.FIELDS, "principal", "principal_post"})


def log_engagement(entry: EngagementEntry, *, by: Actor, at: datetime) -> Engagement:
    """Enter an engagement at whatever step it is, with participants, papers, attachments and action items.

    All of it or nothing. Raises InvalidEntry for ids, times and dates that mean nothing, RuleViolation for what the
    engagement must have at its step (`engagements.rules`), when two may have held the post on its first day, and for
    items on its list without an answer; PossibleDuplicates for what the log seems to have already, and for names of
    participants that may mean somebody who is in the directory.
    """
    by.require(Permission.WRITE)
    with transaction.atomic():
        entry = replace(entry, participants=participant_names.resolved(entry.participants, by=by))
        with create(Engagement, verb="log", by=by) as engagement:
            fill(engagement, entry, at=at)
            require_new(engagement, entry)
            _settle_list(engagement, entry)
        agenda.carry_out(engagement, entry.answers, by=by)
        for paper in entry.papers:
            write_paper(engagement, paper, by=by)
        for file in entry.attachments:
            attach(engagement, file, by=by)
        for place, item in enumerate(entry.action_items):
            promise(engagement, item, by=by, pointer=f"/action_items/{place}")
    return engagement


def correct_engagement(
    engagement_id: UUID,
    correction: Correction[EngagementEntry],
    *,
    by: Actor,
    expected: Expected,
    at: datetime,
    reason: str = "",
) -> Engagement:
    """Correct an engagement; a list of participants takes the place of the old one.

    When its marking is raised, what belongs to it is raised with it. Raises what log_engagement raises.
    """
    by.require(Permission.WRITE)
    if refused := [(f"/{name}", BY_OTHER_MEANS[name]) for name in correction.values if name in BY_OTHER_MEANS]:
        raise InvalidEntry(refused)
    with transaction.atomic():
        if "participants" in correction:
            named = participant_names.resolved(correction.values["participants"], by=by)
            correction = Correction(correction.entry, {**correction.values, "participants": named})
        with change(Engagement, engagement_id, verb="correct", by=by, expected=expected, reason=reason) as engagement:
            fill(engagement, correction, at=at)
    return engagement


def fill(engagement: Engagement, entry: EngagementEntry | Correction[EngagementEntry], *, at: datetime) -> None:
    """Set what an entry or a correction names on an open engagement, and hold the rules to what comes of it."""
    given = given_values(entry)
    require_references(given)
    assign_fields(engagement, entry, skip=_APART)
    if not engagement.title.strip():
        raise InvalidEntry([("/title", "A title is needed: what it is, in one line.")])
    if "occasion" in given:
        _set_occasion(engagement, given["occasion"])
    if "topics" in given:
        _set_topics(engagement, given["topics"])
    words = set_participants(engagement, given["participants"]) if "participants" in given else None
    days = times.set_times(engagement, given)
    _settle(engagement, given, days, at)
    refresh_search(engagement, words)
    links.set_ties(engagement.pk, given)


def _settle_list(engagement: Engagement, entry: EngagementEntry) -> None:
    """Hold what is logged as held to the items on its list; what else is owed is a warning and never blocks."""
    if engagement.status == EngagementStatus.HELD:
        agenda.require_closed(engagement, entry.answers, listed=entry.items)
    elif entry.answers:
        raise InvalidEntry([("/answers", "Items are answered for when the engagement is held.")])
    if engagement.status not in {*AHEAD, EngagementStatus.REQUESTED, EngagementStatus.HELD}:
        return
    counterparts = counterparts_of(entry.participants)
    left = references_of_open_items(counterparts, without=engagement.pk, listed=entry.items)
    warned = still_owed(left) if engagement.status == EngagementStatus.HELD else to_raise(left)
    engagement.warnings = [*engagement.warnings, *to_json(warned)]


def require_legal(engagement: Engagement, days: Days | None, *, at: datetime) -> None:
    """Raise RuleViolation unless an open engagement has what it must have at its step."""
    contents = Contents(
        days=days,
        starts_at=engagement.starts_at,
        attendance=engagement.principal_attendance,
        mode=engagement.principal_mode,
        is_represented=engagement.represented_by_id is not None,
    )
    today = local_today(at, engagement.time_zone)
    require_contents(engagement.status, contents, today=today, now=at)


def days_as_stored(engagement: Engagement) -> Days | None:
    """Return the local days of an engagement, as far as known."""
    return Days.of(engagement.held) if engagement.held else None


def refresh_search(engagement: Engagement, words: list[str] | None = None) -> None:
    """Bring the folded text up to date; names of people, organizations and topics are searched where they are."""
    occasion = engagement.occasion or {}
    said = words if words is not None else words_as_stored(engagement)
    engagement.search = search_text(
        engagement.title,
        engagement.summary,
        engagement.outcome,
        engagement.venue,
        engagement.city,
        engagement.country_name_then,
        *[occasion.get(name) for name in ("name", "series", "place")],
        *said,
    )


def _settle(engagement: Engagement, given: Mapping[str, Any], days: Days | None, at: datetime) -> None:
    require_legal(engagement, days, at=at)
    if engagement.principal_id is None or _WITH_PRINCIPAL & set(given):
        settle_principal(engagement, days, today=local_today(at, engagement.time_zone))


def _set_occasion(engagement: Engagement, occasion: Any) -> None:
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
    kept = dict(engagement.subjects.values_list("topic", "pk"))
    rows = [{"topic": topic, **({"id": kept[topic]} if topic in kept else {})} for topic in dict.fromkeys(topics)]
    set_parts(engagement, EngagementTopic, rows)
