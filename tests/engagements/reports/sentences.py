"""Every sentence that people are shown of the shipped facts, as a file to read line by line against the data.

`python -m tests.engagements.reports.write_sentences` writes `sentences.txt`, as seen on the day `ON`; a test holds that
nothing else is said. Whoever changes a sentence or a fact writes it anew and reads what git shows as changed.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from appointments.api.holders import holder_answer, succession_answer
from appointments.models import Appointment, Post
from engagements.agreements.models import Agreement, Binding, Party
from engagements.models import Capacity, Engagement, Participant
from engagements.reports.services.agreement_lines import agreements_with, with_party_names
from engagements.reports.services.contacts import line_readers
from engagements.reports.services.counterparts import (
    about,
    counterpart_of,
    counterparts_among,
    counterparts_with,
    functions_of,
    memberships_on,
)
from engagements.reports.services.deadline_candidates import DeadlineFilter
from engagements.reports.services.deadlines import deadlines_ahead
from engagements.reports.services.obligations import all_bound, bound_by, merged_for
from sgoffice.records.actors import OFFICE

ON = date(2026, 11, 28)
FILE = Path(__file__).with_name("sentences.txt")
#: Facts of the directory that are names and codes, not sentences.
_NAMES = ("Code", "Also known as", "Region", "Acronym", "Kind")


def sentences() -> Iterator[str]:
    """Yield the lines of the file, from the register as it is loaded."""
    yield from _agreements()
    yield from _deadlines()
    yield from _posts()
    yield from _briefs()
    yield from _engagements()


def _agreements() -> Iterator[str]:
    yield "# Agreements: the status of each day"
    for one in Agreement.objects.order_by("title", "sort", "pk").prefetch_related("periods", "parties"):
        yield f"## {one.title}: {', '.join(sorted(str(party) for party in one.parties.all()))}"
        for period in sorted(one.periods.all(), key=lambda row: row.during.lower or date.min):
            what = f"{period.status}, {period.basis}, in force: {period.is_in_force}, as of {period.as_of}"
            yield f"{_span(period.during)} | {what} | {with_party_names(period.sentence, one)}"
        for party in sorted(one.parties.all(), key=str):
            for row in Binding.objects.filter(agreement=one, party=party.pk).order_by("during").exclude(by=""):
                yield f"{_span(row.during)} | {party} bound: {row.is_bound}, by {row.by}"


def _span(during) -> str:
    return f"{during.lower or '...'} to {during.upper or '...'}"


def _deadlines() -> Iterator[str]:
    yield f"# Deadlines, as of {ON}"
    lines = deadlines_ahead(DeadlineFilter(on=ON, within=40_000), by=OFFICE).results
    for line in sorted(lines, key=lambda one: (one.day or date.max, one.record.label, one.sentence)):
        left = "" if line.days_left is None else f"{line.days_left} days left, "
        who = ", ".join(sorted(one.name for one in line.counterparts))
        yield f"{line.day} | {left}{line.kind} | {line.record.label} | {who} | {line.sentence}"


def _posts() -> Iterator[str]:
    for post in Post.objects.order_by("slug"):
        yield f"# {post}: who held it"
        answer = succession_answer(post, ON, OFFICE)
        for one in answer["holders"]:
            known = "" if one["is_until_certain"] else ", not certain"
            term = f"{one['kind']} {one['number'] or ''}".strip()
            yield f"{one['person']['name']}, {term}, {one['state']}: {one['start']} to {one['until']}{known}"
        yield from (f"Nobody is known to have held it: {one['start']} to {one['end']}" for one in answer["vacancies"])
        yield from (_holder(post, day) for day in _boundaries(post))


def _boundaries(post: Post) -> list[date]:
    days = {ON}
    for term in Appointment.objects.filter(post=post):
        days |= {term.start_earliest, term.start_latest, term.end_earliest, term.end_latest, term.during.upper}
    return sorted(day for day in days if day is not None and day <= ON)


def _holder(post: Post, day: date) -> str:
    found = holder_answer(post, day, OFFICE)
    left = "" if found["days_left"] is None else f"; {found['days_left']} days left"
    known = "certain" if found["is_certain"] else "not certain"
    return f"On {day}: {found['note']} ({known}{', vacant' if found['is_vacant'] else ''}{left})"


def _briefs() -> Iterator[str]:
    people = Participant.objects.filter(side="theirs").select_related("person", "organization")
    keys = set(counterparts_among(people.prefetch_related("capacities__organization", "capacities__country")))
    found = {one.key: one for one in counterparts_with(keys)}
    for party in Party.objects.select_related("organization", "country"):
        one = counterpart_of(party.organization or party.country)
        found.setdefault(one.key, one)
    theirs = sorted(found.values(), key=lambda one: (one.key.kind, str(one.record)))
    roles = memberships_on(theirs, ON, actor=OFFICE)
    functions, merged = functions_of(theirs, roles), merged_for(theirs, roles, Capacity.objects.none())
    bound = bound_by(theirs, functions, [None] * len(theirs), ())
    agreed = agreements_with(bound, all_bound(theirs, bound, merged), ON, actor=OFFICE)
    yield f"# Briefs, as of {ON}: who they are, and the agreements with them"
    for one, roles, lines in zip(theirs, functions, agreed, strict=True):
        yield f"## {one.record}"
        yield from (f"{fact.about}: {fact.text}" for fact in about(one) if fact.about not in _NAMES)
        yield from sorted(f"{one.person.label}, {one.role}, {one.start_date} to {one.end_date}" for one in roles)
        for line in lines:
            since = f", since {line.since}" if line.since else ""
            due = f" By {line.deadline.on}: {line.deadline.sentence}" if line.deadline else ""
            yield f"{line.record.label} | {line.status}, in force: {line.is_in_force}{since} | {line.sentence}{due}"


def _engagements() -> Iterator[str]:
    yield "# Contacts: what a brief says of each engagement"
    rows = list(Engagement.objects.order_by("sort_day", "title", "pk"))
    readers = line_readers([one.pk for one in rows], actor=OFFICE)
    for one in rows:
        line = readers[one.pk](lambda _: True)
        basis = {"report": " or before", "inferred": " (inferred)"}.get(line.date_basis, "")
        place = ", ".join(filter(None, (line.city, line.country)))
        principal = line.principal.label if line.principal else "nobody"
        if line.represented_by:
            principal = f"{line.represented_by.label} for {principal}"
        what = f"{one.kind}, {one.level or 'no level'}, {line.status}"
        yield f"## {line.held}{basis} | {line.record.label} | {what} | {place} | {principal}"
        for who in line.attendees:
            yield f"{who.name}, {who.title}, {who.body}: {who.role or 'no role'}, {who.level or 'no level'}"
        if line.readout:
            yield line.readout.text
