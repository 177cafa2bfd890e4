"""Enter an agreement, or talks on one, and correct it."""

from typing import Any
from uuid import UUID

from appointments.models import Body
from engagements.agreements.models import Agreement, AgreementTopic
from engagements.agreements.rules import Duration, UnreadableClause, bodies_of, read_clause
from engagements.agreements.services.agreement_changes import change_agreement, create_agreement
from engagements.agreements.services.agreement_parts import AgreementParts
from engagements.agreements.services.approvals import require_fitting_approval
from engagements.agreements.services.duplicates import require_new_agreement
from engagements.agreements.services.entries import AgreementEntry
from engagements.agreements.services.links import link_decisions, require_decisions, set_relations
from engagements.agreements.vocabulary import PartySide, Scope
from sgoffice.changes.door import Expected, set_parts
from sgoffice.changes.references import takes_names
from sgoffice.directory.models import Topic
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, require_exists
from sgoffice.records.errors import InvalidEntry

#: Fields with tables of their own, or checked before they are set.
_APART = ("scope", "topics", "parties", "acts", "relations", "allow_duplicate")
_DURATIONS = ("duration", "tacit_renewal", "notice_period")


@takes_names
def open_agreement(entry: AgreementEntry, *, by: Actor) -> Agreement:
    """Enter an agreement, or talks on one, with its parties and the acts that are known.

    Raises RuleViolation when a bilateral agreement lacks its other party or an act contradicts its kind; InvalidEntry
    for unknown ids and for invalid dates, durations and clauses; PossibleDuplicates for a title that an agreement with
    that counterpart has, or nearly.
    """
    by.require(Permission.WRITE)
    with create_agreement(verb="open_agreement", by=by) as agreement:
        _fill(agreement, entry, by=by)
        require_new_agreement(entry, by=by)
    return agreement


@takes_names
def correct_agreement(
    agreement_id: UUID, correction: Correction[AgreementEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Agreement:
    """Correct an agreement; a list of parties or acts replaces the old one, and the periods follow.

    Raises what open_agreement raises.
    """
    by.require(Permission.WRITE)
    with change_agreement(agreement_id, verb="correct", by=by, expected=expected, reason=reason) as agreement:
        _fill(agreement, correction, by=by)
    return agreement


def _fill(agreement: Agreement, entry: AgreementEntry | Correction[AgreementEntry], *, by: Actor) -> None:
    given = given_values(entry)
    _require_valid(given)
    assign_fields(agreement, entry, skip=_APART)
    if not agreement.title.strip():
        raise InvalidEntry([("/title", "Give a title, or what the agreement is about.")])
    if "scope" in given:
        agreement.scope = list(dict.fromkeys(given["scope"]))
    if "topics" in given:
        topics = list(dict.fromkeys(given["topics"]))
        require_exists(Topic, {f"/topics/{place}": topic for place, topic in enumerate(topics)}, by=by)
        set_parts(agreement, AgreementTopic, _topic_rows(agreement, topics))
    parts = AgreementParts.of(agreement)
    if "parties" in given:
        parts.set_parties(given["parties"])
    if "acts" in given:
        parts.set_acts(given["acts"])
        decisions = {f"/acts/{place}/decision": act.decision for place, act in enumerate(given["acts"])}
        require_decisions(decisions, by=by)
        for place, act in enumerate(given["acts"]):
            require_fitting_approval(parts, act, by=by, pointer=f"/acts/{place}")
        link_decisions(agreement.pk, decisions, by=by)
    parts.save()
    if "relations" in given:
        set_relations(agreement.pk, given["relations"], by=by)


def _topic_rows(agreement: Agreement, topics: list[UUID]) -> list[dict[str, Any]]:
    kept = dict(agreement.subjects.values_list("topic", "pk"))
    return [{"topic": topic, **({"id": kept[topic]} if topic in kept else {})} for topic in topics]


def _require_valid(given: dict[str, Any]) -> None:
    """Raise InvalidEntry for unknown scopes and sides, and for invalid durations and clauses."""
    problems = [
        (f"/scope/{place}", f"{word!r} is not one of: {', '.join(Scope)}.")
        for place, word in enumerate(given.get("scope", ()))
        if word not in Scope
    ]
    problems += [
        (f"/focal_points/{place}/side", f"Choose one of: {', '.join(PartySide)}.")
        for place, point in enumerate(given.get("focal_points", ()))
        if point.side not in PartySide
    ]
    for name in _DURATIONS:
        if given.get(name):
            problems += _duration_problems(name, given[name])
    if given.get("entry_into_force") is not None:
        problems += _clause_problems(given["entry_into_force"])
    if problems:
        raise InvalidEntry(problems)


def _duration_problems(name: str, text: str) -> list[tuple[str, str]]:
    try:
        Duration.parse(text)
    except ValueError as error:
        return [(f"/{name}", str(error))]
    return []


def _clause_problems(data: Any) -> list[tuple[str, str]]:
    try:
        bodies = bodies_of(read_clause(data))
    except UnreadableClause as error:
        return [(f"/entry_into_force{error.pointer}", str(error))]
    known = {str(pk) for pk in Body.objects.filter(is_in_error=False).values_list("pk", flat=True)}
    return [("/entry_into_force", f"There is no body {body}.") for body in sorted(bodies) if body not in known]
