"""GET /partner/changelog: what changed in the documents of partners, from a table, and what is going to end."""

import csv
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from sgoffice.api.filters import check_parameters
from sgoffice.documents.publications import publications
from sgoffice.partners.api.exchange import PartnerView

_TABLE = Path(__file__).parents[1] / "data" / "contract_changes.tsv"


@dataclass(frozen=True)
class ContractChange:
    """A change of a document: `new` is a version, `added` members of one. A test holds the table to the documents."""

    on: date
    schema: str
    change: str
    members: tuple[str, ...]
    text: str


class SchemaSerializer(serializers.Serializer):
    """A version of a document that is sent now."""

    schema = serializers.CharField(help_text="Name and version, as `schema` of a line.")
    kind = serializers.CharField(help_text="The kind of the records.")
    since = serializers.DateField(help_text="The day of this version.")


class ContractChangeSerializer(serializers.Serializer):
    """A change of a document."""

    on = serializers.DateField(help_text="The day of the change.")
    schema = serializers.CharField(help_text="Name and version of the document.")
    change = serializers.ChoiceField(choices=["new", "added"], help_text="A new version, or members added to one.")
    members = serializers.ListField(child=serializers.CharField(), help_text="The members that came with it.")
    text = serializers.CharField(help_text="What it is about.")


class EndingSerializer(serializers.Serializer):
    """An address that is going to end, as its `Deprecation` and `Sunset` headers say."""

    address = serializers.CharField(help_text="Its path.")
    announced_at = serializers.DateTimeField(help_text="When that was announced.")
    ends_at = serializers.DateTimeField(help_text="When it ends.")
    instead = serializers.CharField(help_text="The page about what takes its place.")


class ChangelogSerializer(serializers.Serializer):
    """What you get in which form, since when, and until when."""

    schemas = SchemaSerializer(many=True)
    changes = ContractChangeSerializer(many=True, help_text="The newest first.")
    endings = EndingSerializer(many=True, help_text="Nothing ends without half a year's notice.")


@cache
def contract_changes() -> tuple[ContractChange, ...]:
    """Return the changes of all documents, the oldest first."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return tuple(
        ContractChange(
            date.fromisoformat(row["on"]), row["schema"], row["change"], tuple(row["members"].split()), row["text"]
        )
        for row in rows
    )


class ChangelogView(PartnerView):
    has_etag = True

    @extend_schema(operation_id="partner_changelog", responses=ChangelogSerializer, tags=["partner"])
    def get(self, request: Request) -> HttpResponse:
        """Get the changelog of documents.

        Which version of each document is sent, what was added when, and which addresses are going to end.
        """
        check_parameters(request.query_params, ())
        since = {one.schema: one.on for one in contract_changes() if one.change == "new"}
        body: dict[str, Any] = {
            "schemas": [
                {"schema": one.contract, "kind": kind, "since": since[one.contract]}
                for kind, one in sorted(publications().items())
            ],
            "changes": [asdict(one) for one in reversed(contract_changes())],
            "endings": [
                {
                    "address": reverse(one.route),
                    "announced_at": one.announced_at,
                    "ends_at": one.ends_at,
                    "instead": one.instead,
                }
                for one in self.deprecations
            ],
        }
        return self.answered(request, orjson.dumps(body, option=orjson.OPT_UTC_Z))
