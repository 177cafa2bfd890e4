"""Register and correct partners."""

from uuid import UUID

from django.db import transaction

from sgoffice.changes.door import Expected, change, create, lock_names_exclusively
from sgoffice.changes.references import takes_names
from sgoffice.directory.models import Country, Organization
from sgoffice.documents.publications import publications
from sgoffice.partners.models import Partner
from sgoffice.partners.rules import is_host_name
from sgoffice.partners.services.audiences import refresh_grants
from sgoffice.partners.services.entries import PartnerEntry
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, require_exists
from sgoffice.records.errors import InvalidEntry, RuleViolation


@takes_names
def register_partner(entry: PartnerEntry, *, by: Actor) -> Partner:
    """Register a partner; it may pull public records from COMMIT on.

    Raises RuleViolation if the short name is taken, or if it is not either an organization or a country.
    """
    by.require(Permission.ADMINISTER)
    _require_consistent(entry, by=by)
    if Partner.objects.filter(slug=entry.slug).exists():
        raise RuleViolation("Another partner already has this short name.", rule="slug-taken", pointer="/slug")
    with transaction.atomic():
        lock_names_exclusively()
        with create(Partner, verb="register_partner", by=by) as partner:
            _fill(partner, entry)
        refresh_grants(partner.pk)
    return partner


@takes_names
def correct_partner(
    partner_id: UUID, correction: Correction[PartnerEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Partner:
    """Correct a partner; its grants follow at once. The short name never changes: it is the client id."""
    by.require(Permission.ADMINISTER)
    if "slug" in correction and Partner.objects.filter(pk=partner_id).exclude(slug=correction.get("slug")).exists():
        raise InvalidEntry(
            [("/slug", "The short name cannot be changed: it is the client id. Register another partner.")]
        )
    _require_consistent(correction, by=by)
    with transaction.atomic():
        lock_names_exclusively()
        with change(Partner, partner_id, verb="correct", by=by, expected=expected, reason=reason) as partner:
            _fill(partner, correction)
        refresh_grants(partner_id)
    return partner


def _fill(partner: Partner, entry: PartnerEntry | Correction[PartnerEntry]) -> None:
    assign_fields(partner, entry, skip=("kinds", "ping_hosts"))
    given = given_values(entry)
    for name in ("kinds", "ping_hosts"):
        if name in given:
            setattr(partner, name, list(dict.fromkeys(given[name])))


def _require_consistent(entry: PartnerEntry | Correction[PartnerEntry], *, by: Actor) -> None:
    given = given_values(entry)
    known = sorted(publications())
    problems = [
        (f"/kinds/{place}", f"{kind!r} is not one of: {', '.join(known)}.")
        for place, kind in enumerate(given.get("kinds", ()))
        if kind not in known
    ]
    problems += [
        (f"/ping_hosts/{place}", "Write a host name in small letters, such as hooks.example.org.")
        for place, host in enumerate(given.get("ping_hosts", ()))
        if not is_host_name(host)
    ]
    if "name" in given and not given["name"].strip():
        problems.append(("/name", "A partner needs a name."))
    if problems:
        raise InvalidEntry(problems)
    require_exists(Organization, {"/organization": given.get("organization")}, by=by)
    require_exists(Country, {"/country": given.get("country")}, by=by, field_name="code")
