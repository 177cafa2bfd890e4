"""Who had a role on a day, as far as is known: the answer, and what it rests on."""

from datetime import date
from typing import Any, Self

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

MOST = 200
HOLDERS = [
    OpenApiParameter(
        "role",
        {"type": "string", "maxLength": MAX_TEXT},
        required=True,
        description="The title, whatever accents and case: Minister of the Interior.",
    ),
    OpenApiParameter("on", OpenApiTypes.DATE, description="The day; today unless said."),
    OpenApiParameter("country", str, description="The code of the country that the organization belongs to."),
    OpenApiParameter("organization", OpenApiTypes.UUID, description="Where."),
    OpenApiParameter("person", OpenApiTypes.UUID, description="Whether it was this person."),
]


class RoleHolderSerializer(serializers.Serializer):
    """Somebody who had the role, and how far that is certain."""

    membership = serializers.UUIDField(source="pk")
    person = PersonReference()
    organization = OrganizationReference()
    role = serializers.CharField()
    start_date = serializers.CharField(allow_null=True)
    end_date = serializers.CharField(allow_null=True)
    is_certain = serializers.BooleanField(help_text="False where the dates leave it open.")
    verification = serializers.ChoiceField(
        choices=VERIFICATIONS,
        allow_null=True,
        help_text="How far the best of its sources was checked; null: no source.",
    )
    sources = SourceSerializer(many=True)
    caveats = serializers.ListField(child=serializers.CharField())


class HoldersSerializer(serializers.Serializer):
    """Who had a role on a day."""

    role = serializers.CharField()
    on = serializers.DateField()
    is_certain = serializers.BooleanField(help_text="Somebody is known, and nobody of whom it is not certain.")
    is_complete = serializers.BooleanField(help_text=f"False when there are more than {MOST}.")
    holders = RoleHolderSerializer(many=True)
    note = serializers.CharField(help_text="The answer in words.")


def holders_answer(request: Request, rows: Any) -> HttpResponse:
    """Return who among these memberships had the role that the request names, on its day."""
    given = request.query_params
    check_parameters(given, {item.name for item in HOLDERS})
    if not given.get("role", "").strip():
        raise invalid("role", "Name the role, such as Minister of the Interior.")
    asked = _Asked(given, queryset=rows, request=request)
    found, on = asked.rows(), asked.day
    order = found.select_related("person", "organization").order_by("organization__sort", "start_date_earliest", "pk")
    holders = list(order[: MOST + 1])
    certain = set(found.held_on(on, certain=True).values_list("pk", flat=True))
    for one in holders:
        one.is_certain = one.pk in certain
        one.verification = _best(one)
    answer = {
        "role": given["role"].strip(),
        "on": on,
        "is_certain": bool(holders) and all(one.is_certain for one in holders),
        "is_complete": len(holders) <= MOST,
        "holders": holders[:MOST],
        "note": _note(holders, on),
    }
    return tagged_answer(request, orjson.dumps(HoldersSerializer(answer).data))


class _Asked(MembershipFilterSet):
    """The filters of the list, on today unless a day is given."""

    @property
    def day(self) -> date:
        return self.form.cleaned_data.get("on") or timezone.localdate()

    def filter_queryset(self: Self, queryset: Any) -> Any:
        return super().filter_queryset(queryset).held_on(self.day)


def _best(one: Membership) -> str | None:
    known = {source["verification"] for source in one.sources}
    return next((word for word in VERIFICATIONS if word in known), None)


def _note(holders: list[Membership], on: date) -> str:
    if not holders:
        return f"Nobody is known to have had this role on {on}."
    told = [
        f"{one.person.name} ({one.organization.name}{'' if one.is_certain else ', as far as the dates tell'})"
        for one in holders[:5]
    ]
    more = f" and {len(holders) - 5} more" if len(holders) > 5 else ""  # noqa: PLR2004 - as above
    return f"{'; '.join(told)}{more}."
