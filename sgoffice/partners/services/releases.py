"""Releases of records to partners: one person proposes, another approves (sgoffice/approvals), anybody may withdraw."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from sgoffice.approvals import services as approvals
from sgoffice.changes.door import Expected, change, create, lock_names_exclusively, set_parts
from sgoffice.changes.references import takes_names
from sgoffice.changes.steps import Steps
from sgoffice.documents.publications import publications
from sgoffice.feed import queries
from sgoffice.partners.models import Partner, Release, ReleasedRecord
from sgoffice.partners.rules import require_consistent, require_releasable, require_state
from sgoffice.partners.services.audiences import mark_withdrawn, markings_of, refresh_grants, released_records
from sgoffice.partners.services.entries import ReleaseEntry, WithdrawalEntry
from sgoffice.partners.vocabulary import ReleaseCondition, ReleaseState
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import assign_fields, require_exists
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry


@dataclass(frozen=True)
class Preview:
    """The records of one kind that a release grants; `new` counts those the partner does not have yet."""

    kind: str
    count: int
    new: int


#: The action that a second person approves.
RELEASE = "release"
RELEASE_STEPS = Steps(Release, not_in_form=frozenset({"records"}))


@takes_names
def propose_release(entry: ReleaseEntry, *, by: Actor) -> Release:
    """Propose a release; it grants nothing until another person approves it, in the queue of approvals.

    Raises InvalidEntry for records that the proposer may not see or that are not published, RuleViolation for
    restricted ones.
    """
    by.require(Permission.WRITE)
    if entry.condition not in ReleaseCondition:
        raise InvalidEntry([("/condition", f"Use one of: {', '.join(ReleaseCondition)}.")])
    kinds = publications()
    require_consistent(entry.condition, kind=entry.kind, records=entry.records, kinds=kinds)
    require_exists(Partner, {"/partner": entry.partner}, by=by)
    seen = Entry.objects.visible_to(by).filter(pk__in=entry.records, kind__in=kinds, is_in_error=False)
    markings = dict(seen.values_list("pk", "marking"))
    if missing := [key for key in enumerate(entry.records) if key[1] not in markings]:
        raise InvalidEntry([(f"/records/{place}", f"There is no {key} to release.") for place, key in missing])
    require_releasable(markings)
    with transaction.atomic():
        with create(Release, verb="propose_release", by=by) as release:
            assign_fields(release, entry, skip=("records",))
            release.proposed_by = by.id
            set_parts(release, ReleasedRecord, [{"entry": key} for key in dict.fromkeys(entry.records)])
        approvals.propose_of_record(RELEASE, release.pk, by=by, purpose=entry.purpose)
    return release


def grant_release(release_id: UUID, *, by: Actor, expected: Expected, reason: str) -> Release:
    """Let a release take effect at COMMIT, on behalf of who approved it; the caller holds the names lock exclusively.

    Raises RuleViolation for a release that is not pending, and if a record became restricted.
    """
    with change(Release, release_id, verb="approve_release", by=by, expected=expected, reason=reason) as release:
        require_state(release.state, ReleaseState.PROPOSED)
        parts = list(release.records.order_by("position"))
        markings = markings_of([part.entry_id for part in parts])
        require_releasable(markings)
        rows = [{"id": part.pk, "entry": part.entry_id, "marking": markings[part.entry_id]} for part in parts]
        set_parts(release, ReleasedRecord, rows)
        release.state, release.approved_by = ReleaseState.APPROVED, by.id
    refresh_grants(release.partner_id)
    return release


@RELEASE_STEPS.declare(
    "withdraw",
    "Withdraw",
    summary="Withdraw a release",
    description=("The whole release, or some records of its list. It takes effect with the partner's next request."),
    example={"reason": "The Association asked to wait for the signature."},
    is_open=lambda release: release.state != ReleaseState.WITHDRAWN,
    tone="danger",
)
def withdraw_release(release_id: UUID, entry: WithdrawalEntry, *, by: Actor, expected: Expected) -> Release:
    """Withdraw a release, or some records of its list; it takes effect with the partner's next request.

    Raises InvalidEntry without a reason or for a record that is not on the list, RuleViolation if withdrawn already.
    """
    if not entry.reason.strip():
        raise InvalidEntry([("/reason", "Give a reason: the next reader will ask.")])
    with transaction.atomic():
        lock_names_exclusively()
        with change(
            Release, release_id, verb="withdraw_release", by=by, expected=expected, reason=entry.reason
        ) as release:
            require_state(release.state, ReleaseState.PROPOSED, ReleaseState.APPROVED)
            _require_listed(release, entry.records)
            if entry.records:
                mark_withdrawn(release, set(entry.records))
            else:
                release.state = ReleaseState.WITHDRAWN
        if release.state == ReleaseState.WITHDRAWN:
            approvals.withdraw_pending(release_id, by=by, reason=entry.reason)
        refresh_grants(release.partner_id)
    return release


def preview_release(release: Release) -> list[Preview]:
    """Return the number of records that a release grants, by kind."""
    gets = released_records(release)
    has = set(queries.granted_entries(release.partner_id))
    kinds: dict[str, list[UUID]] = {}
    for key, kind in Entry.objects.filter(pk__in=gets).values_list("pk", "kind"):
        kinds.setdefault(kind, []).append(key)
    return [Preview(kind, len(keys), len(set(keys) - has)) for kind, keys in sorted(kinds.items())]


def _require_listed(release: Release, records: tuple[UUID, ...]) -> None:
    listed = set(release.records.filter(is_withdrawn=False).values_list("entry", flat=True))
    if missing := [(place, key) for place, key in enumerate(records) if key not in listed]:
        raise InvalidEntry([(f"/records/{place}", f"This release does not include {key}.") for place, key in missing])
