"""Questions to the directory that chain: named(), of_country(), below(), above(), before(), after()."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import Self
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Manager, OuterRef, Q

from sgoffice.changes.merging import same_by_kind, same_records
from sgoffice.directory.counterparts import COUNTS_FOR_COUNTRY, Counterparts
from sgoffice.directory.rules import fold, sort_key
from sgoffice.places.suggestions import likely
from sgoffice.records.querysets import RecordQuerySet
from sgoffice.records.readership import ALL_STAFF

#: The marks of a date that is approximate or uncertain (EDTF).
_DOUBT = "[?~%]"


class NamedQuerySet(RecordQuerySet):
    """Records with a folded text of their names, by which names are matched as they are typed."""

    def named(self, text: str) -> Self:
        """Keep records one of whose names holds every word of the text, whatever accents, case and order.

        An empty text leaves the rows alone; signs without a word, such as %, are in no name.
        """
        words = fold(text).split()
        rows = self.none() if text.strip() and not words else self
        for word in words:
            rows = rows.filter(search__contains=word)
        return rows

    def called(self, name: str) -> Self:
        """Keep records with exactly this name among theirs, whatever accents and case."""
        folded = fold(name)
        return self.filter(
            Q(search=folded)
            | Q(search__startswith=f"{folded} | ")
            | Q(search__endswith=f" | {folded}")
            | Q(search__contains=f" | {folded} | ")
        )


class CountryQuerySet(NamedQuerySet):
    """Countries, which are found under all names that public tables have, and by near spellings of them."""

    def named(self, text: str) -> Self:
        """Keep countries one of whose names holds every word of the text, and those that it means in any language."""
        return self.filter(Q(pk__in=super().named(text).values("pk")) | Q(code__in=likely(text)))


class OrganizationQuerySet(NamedQuerySet):
    """Organizations, with their families."""

    def below(self, organization_id: UUID) -> list[UUID]:
        """Return the ids of an organization and of everything that is part of it or was merged into one of these."""
        step = "SELECT o.id FROM directory_organization o JOIN family f ON f.id IN (o.parent_id, o.merged_into_id)"
        return _family(organization_id, step)

    def above(self, organization_id: UUID) -> list[UUID]:
        """Return the ids of an organization and of everything that it is part of."""
        step = """
            SELECT above.id FROM directory_organization o JOIN family f ON o.id = f.id
            CROSS JOIN LATERAL (VALUES (o.parent_id), (o.merged_into_id)) AS above (id) WHERE above.id IS NOT NULL
        """
        return _family(organization_id, step)

    def before(self, organization_id: UUID) -> list[UUID]:
        """Return the ids of an organization and of everything whose place it took, through whatever chain."""
        step = "SELECT o.id FROM directory_organization o JOIN family f ON o.successor_id = f.id"
        return _family(organization_id, step)

    def after(self, organization_id: UUID) -> list[UUID]:
        """Return the ids of an organization and of everything that took its place, the first successor first."""
        step = "SELECT o.successor_id FROM directory_organization o JOIN family f ON o.id = f.id"
        return _family(organization_id, f"{step} WHERE o.successor_id IS NOT NULL")


class MembershipQuerySet(RecordQuerySet):
    """Roles of people in organizations."""

    def with_role(self, role: str) -> Self:
        """Keep those of exactly this title, whatever accents, case and punctuation."""
        return self.filter(role_key=sort_key(role))

    def of_country(self, code: str) -> Self:
        """Keep roles in organizations that belong to a country."""
        return self.filter(organization__country=code)

    def held_on(self, day: date, *, certain: bool = False) -> Self:
        """Keep what may have been held on a day; with `certain`, what must have been.

        Nothing is certain whose beginning is not known, or of which a date is doubtful or can mean days on both sides.
        Without an end it lasts, until somebody else began the same role in the same organization, as all staff knows.
        """
        began = Q(start_date_earliest=None) | Q(start_date_earliest__lte=day)
        rows = self.filter(began & (Q(end_date_latest=None) | Q(end_date_latest__gte=day)))
        if not certain:
            return rows
        followed = (
            type(self)(self.model)
            .readable_by_readers_of(ALL_STAFF)
            .live()
            .filter(
                organization=OuterRef("organization"),
                role_key=OuterRef("role_key"),
                start_date_earliest__gt=OuterRef("start_date_latest"),
                start_date_earliest__lte=day,
            )
        )
        lasts = Q(end_date_earliest__gte=day) | (
            Q(end_date=None) & ~Exists(followed.exclude(person=OuterRef("person")))
        )
        doubtful = Q(start_date__regex=_DOUBT) | Q(end_date__isnull=False, end_date__regex=_DOUBT)
        return rows.filter(lasts, start_date_latest__lte=day).exclude(doubtful)


CountryManager = Manager.from_queryset(CountryQuerySet)
NamedManager = Manager.from_queryset(NamedQuerySet)
OrganizationManager = Manager.from_queryset(OrganizationQuerySet)
MembershipManager = Manager.from_queryset(MembershipQuerySet)


def naming(
    counterparts: Counterparts,
    *,
    person: str = "",
    organization: str = "",
    country: str = "",
    classes: AbstractSet[str] = COUNTS_FOR_COUNTRY,
) -> list[Q]:
    """Return conditions of which each row meets one that names any of these counterparts; none when no row can.

    `person`, `organization` and `country` are the columns in which it may name them. The rule is that of
    `counterparts.keys_named()`. Conditions are apart so that each can use its index: join them by OR, or the rows by
    UNION.
    """
    found = []
    if person and counterparts.people:
        found.append(Q(**{f"{person}__in": _same(counterparts, counterparts.people)}))
    if organization and counterparts.organizations:
        found.append(Q(**{f"{organization}__in": _same(counterparts, counterparts.organizations)}))
    codes = sorted(counterparts.countries)
    if organization and codes:
        stands = {f"{organization}__country__in": codes, f"{organization}__classification__in": sorted(classes)}
        found.append(Q(**stands))
    if country and codes:
        found.append(Q(**{f"{country}__in": codes}))
    return found


def with_merged(counterparts: Counterparts) -> Counterparts:
    """Return them with what was merged into them, for several questions about the same ones."""
    if counterparts.has_merged:
        return counterparts
    known = counterparts.people | counterparts.organizations
    same = same_by_kind(known) if known else {}
    return replace(
        counterparts,
        people=counterparts.people | set(same.get("person", ())),
        organizations=counterparts.organizations | set(same.get("organization", ())),
        has_merged=True,
    )


def _same(counterparts: Counterparts, ids: AbstractSet[UUID]) -> list[UUID]:
    return sorted(ids) if counterparts.has_merged or not ids else same_records(ids)


def _family(organization_id: UUID, step: str) -> list[UUID]:
    with connection.cursor() as cursor:
        # UNION, not UNION ALL: a circle of parents ends
        cursor.execute(
            f"WITH RECURSIVE family (id) AS (SELECT %s::uuid UNION {step}) SELECT id FROM family", [organization_id]
        )
        return [found for (found,) in cursor.fetchall()]
