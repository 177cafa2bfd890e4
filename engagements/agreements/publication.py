"""The partner document of a cooperation agreement; its `periods` give the status on any day."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from engagements.agreements.models import Act, Agreement, Party, Period, Signatory
from engagements.agreements.rules import periods_of
from engagements.agreements.services.mappers import case_as_stored
from engagements.agreements.services.party_lines import party_lines
from engagements.agreements.services.presenters import (
    acts_in_order,
    names_of,
    present_bindings,
    present_computed_dates,
    present_current_status,
    present_period,
)
from engagements.agreements.vocabulary import APPROVED_BY, PartySide, Relation
from engagements.models import Attachment
from engagements.publication import text_members
from sgoffice.changes.merging import same_records
from sgoffice.directory.models import Country
from sgoffice.documents.publications import Mention, PartnerDocument, publishes
from sgoffice.records.models import Entry, Link

_TEXT = ("language", "title", "url", "document", "is_authentic")
_FOCAL_POINT = ("side", "name", "unit", "contact")


@publishes(
    Agreement,
    renderer=9,
    prefetch=(
        Prefetch("parties", Party.objects.select_related("organization__country", "country")),
        Prefetch("parties__signatories", Signatory.objects.all()),
        Prefetch("acts", Act.objects.select_related("by_body")),
        Prefetch("periods", Period.objects.order_by("during")),
    ),
)
def agreement_for_partners(agreement: Agreement) -> PartnerDocument:
    """Return an agreement for partners, without notes, caveats, markings or anybody of the office."""
    names = names_of(agreement)
    parties, line_of = party_lines(agreement)
    case = case_as_stored(agreement)
    bindings = present_bindings(case, periods_of(case))
    content = {
        "title": agreement.title,
        "titles": agreement.titles,
        "instrument": agreement.instrument,
        "is_bilateral": agreement.is_bilateral,
        "scope": agreement.scope,
        "signed": agreement.signed,
        "parties": [_party(party, bindings[party.key]) for party in parties],
        "acts": [
            _act(act, {key: line.key for key, line in line_of.items()}) for act in acts_in_order(agreement.acts.all())
        ],
        "duration": agreement.duration,
        "tacit_renewal": agreement.tacit_renewal,
        "notice_period": agreement.notice_period,
        "expires": agreement.expires,
        "computed": present_computed_dates(agreement, case, names),
        "standing": present_current_status(agreement, case, names),
        "periods": [present_period(period, names) for period in agreement.periods.all()],
        "authentic_languages": agreement.authentic_languages,
        "registration_number": agreement.registration_number,
        "depositary": agreement.depositary,
        "focal_points": [_focal_point(point) for point in agreement.focal_points],
        "texts": [_chosen(text, _TEXT) for text in agreement.texts],
    }
    return PartnerDocument(content, _on_account_of(parties), _mentions(agreement))


def _party(party: Party, bindings: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a party by the key under which acts name it, with the days on which it is bound."""
    known = (party.organization or party.country).survivor
    is_organization = party.organization is not None
    return {
        "key": party.key,
        "kind": "organization" if is_organization else "country",
        "id": known.pk,
        "name": known.name,
        "country": known.country_id if is_organization else known.code,
        "identifiers": known.identifiers if is_organization else _codes(known),
        "through": party.through,
        "side": party.side,
        "signatories": [{"name": who.name, "title": who.title} for who in party.shown_signatories],
        "bindings": bindings,
    }


def _codes(country: Country) -> list[dict[str, str]]:
    found = {"iso3166-1-alpha-2": country.code, "iso3166-1-alpha-3": country.alpha3, "m49": country.numeric}
    return [{"scheme": scheme, "identifier": code} for scheme, code in found.items() if code]


def _act(act: Act, keys: dict[UUID, str]) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "party": keys.get(act.party_id),
        "by_body": act.by_body.name if act.by_body else None,
        "on_behalf_of": keys.get(act.on_behalf_of_id),
        "date": act.date,
        "date_basis": act.date_basis,
        "date_of_effect": act.date_of_effect,
        "until": act.until,
        "attests": act.attests,
        "document": act.document,
        "place_city": act.place_city,
        "place_country": act.place_country_id,
        "text": act.text,
        "source": act.source,
        "verification": act.verification,
    }


def _focal_point(point: dict[str, Any]) -> dict[str, Any]:
    """Return a focal point; only those of the other side with name and contact, because partners get nobody of ours."""
    chosen = _chosen(point, _FOCAL_POINT)
    return chosen if point.get("side") == PartySide.THEIRS else {**chosen, "name": "", "contact": ""}


def _chosen(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row.get(name) for name in names}


def _on_account_of(parties: list[Party]) -> frozenset[UUID]:
    """Return the parties, and the countries for which they speak."""
    found: set[UUID] = set()
    for party in parties:
        found |= party.organization.stands_for if party.organization else {party.country.pk}
    return frozenset(found)


def _mentions(agreement: Agreement) -> dict[str, list[Mention]]:
    """Return related agreements, decisions that approved it and its texts; each partner gets those that it may have."""
    links = Link.objects.filter(source=agreement.pk).order_by("relation", "target")
    targets = [(link.relation, link.target) for link in links.select_related("target__merged_into")]
    found = dict.fromkeys((relation, target.merged_into or target) for relation, target in targets)
    relations = [_mention(target, relation=relation) for relation, target in found if relation in Relation]
    decisions = [_mention(target) for relation, target in found if relation == APPROVED_BY]
    return {"relations": relations, "decisions": decisions, "attachments": _texts(agreement)}


def _texts(agreement: Agreement) -> list[Mention]:
    """Return the texts that are stored here, also those of what was merged into the agreement."""
    stored = Attachment.objects.filter(agreement__in=same_records([agreement.pk]), content__isnull=False)
    return [_mention(one, **text_members(one)) for one in stored.order_by("pk")]


def _mention(target: Entry | Attachment, **more: object) -> Mention:
    return Mention(target.pk, {**more, "id": target.pk, "reference": target.reference})
