"""GET /memberships/holders: who had a role on a day, as far as is known."""

from dataclasses import dataclass
from datetime import date
from typing import cast

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from sgoffice.api.filters import MAX_TEXT, check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.api.serializers import VERIFICATIONS, SourceSerializer
from sgoffice.directory.api.filters import MembershipFilterSet
from sgoffice.directory.api.references import OrganizationReference, PersonReference
from sgoffice.directory.models import Membership
from sgoffice.directory.querysets import MembershipQuerySet

MOST = 200
_NAMED_IN_NOTE = 5
HOLDERS = [
    OpenApiParameter(
        "role",
        {"type": "string", "maxLength": MAX_TEXT},
        required=True,
        description="The title of the role, such as Minister of the Interior; accents and case are ignored.",
    ),
    OpenApiParameter("on", OpenApiTypes.DATE, description="The day; today by default."),
    OpenApiParameter("country", str, description="The country of the organization, by code."),
    OpenApiParameter("organization", OpenApiTypes.UUID, description="The organization, by id."),
    OpenApiParameter("person", OpenApiTypes.UUID, description="The person, by id."),
]


class RoleHolderSerializer(serializers.Serializer):
    """A person with the role, and whether that is certain."""

    membership = serializers.UUIDField(source="membership.pk", help_text="The id of the membership.")
    person = PersonReference(source="membership.person")
    organization = OrganizationReference(source="membership.organization")
    role = serializers.CharField(source="membership.role")
    start_date = serializers.CharField(source="membership.start_date", allow_null=True)
    end_date = serializers.CharField(source="membership.end_date", allow_null=True)
    is_certain = serializers.BooleanField(help_text="False if the dates leave a doubt.")
    verification = serializers.ChoiceField(
        choices=VERIFICATIONS, allow_null=True, help_text="Verification of the best source; null without a source."
    )
    sources = SourceSerializer(source="membership.sources", many=True)
    caveats = serializers.ListField(source="membership.caveats", child=serializers.CharField())


class HoldersSerializer(serializers.Serializer):
    """The holders of a role on a day."""

    role = serializers.CharField()
    on = serializers.DateField()
    is_certain = serializers.BooleanField(help_text="Whether there are holders and all of them are certain.")
    is_complete = serializers.BooleanField(help_text=f"False if there are more than {MOST}.")
    holders = RoleHolderSerializer(many=True)
    note = serializers.CharField(help_text="The answer as a sentence.")


def holders_answer(request: Request, rows: MembershipQuerySet[Membership]) -> HttpResponse:
    """Return which of these memberships held the requested role on the requested day."""
    given = request.query_params
    check_parameters(given, {item.name for item in HOLDERS})
    if not given.get("role", "").strip():
        raise invalid("role", "Name the role, such as Minister of the Interior.")
    filters = _HolderFilterSet(given, queryset=rows, request=request)
    found, on = filters.holders()
    order = found.select_related("person", "organization").order_by("organization__sort", "start_date_earliest", "pk")
    certain = set(found.held_on(on, certain=True).values_list("pk", flat=True))
    holders = [_Holder(one, is_certain=one.pk in certain) for one in order[: MOST + 1]]
    answer = {
        "role": given["role"].strip(),
        "on": on,
        "is_certain": bool(holders) and all(one.is_certain for one in holders),
        "is_complete": len(holders) <= MOST,
        "holders": holders[:MOST],
        "note": _note(holders, on),
    }
    return tagged_answer(request, orjson.dumps(HoldersSerializer(answer).data))


class _HolderFilterSet(MembershipFilterSet):
    """The filters of the list, with today as the default of `on`."""

    def holders(self) -> tuple[MembershipQuerySet[Membership], date]:
        """Return the memberships that match, and the day; raises ValidationError (400) naming the parameter."""
        rows = cast("MembershipQuerySet[Membership]", self.rows())
        on: date = self.form.cleaned_data.get("on") or timezone.localdate()
        return rows.held_on(on), on


@dataclass(frozen=True)
class _Holder:
    membership: Membership
    is_certain: bool

    @property
    def verification(self) -> str | None:
        known = {source["verification"] for source in self.membership.sources}
        return next((word for word in VERIFICATIONS if word in known), None)


def _note(holders: list[_Holder], on: date) -> str:
    if not holders:
        return f"Nobody is known to have had this role on {on}."
    named = [
        f"{one.membership.person.name} ({one.membership.organization.name}"
        f"{'' if one.is_certain else ', the dates leave a doubt'})"
        for one in holders[:_NAMED_IN_NOTE]
    ]
    more = f" and {len(holders) - _NAMED_IN_NOTE} more" if len(holders) > _NAMED_IN_NOTE else ""
    return f"{'; '.join(named)}{more}."
