"""The clause on entry into force as a field of the API: strict on its way in, described for OpenAPI."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from engagements.agreements.rules import UnreadableClause, read_clause
from engagements.agreements.vocabulary import ClauseKind
from sgoffice.records.entries import find_forbidden_text

_LEAF: dict[str, Any] = {
    "kind": {"type": "string", "enum": list(ClauseKind.values), "description": "What it waits for."},
    "after": {"type": "string", "example": "P60D", "description": "How long after that (ISO 8601)."},
    "at_start_of_month": {"type": "boolean", "description": "Move to the first day of the following month."},
    "number": {"type": "integer", "minimum": 1, "maximum": 300, "description": "How many ratifications."},
    "day": {"type": "string", "description": "The fixed day (EDTF)."},
    "body": {"type": "string", "format": "uuid", "description": "The governing body that approves."},
    "called": {"type": "string", "description": "What the agreement calls that body."},
}
_SCHEMA = {
    "type": "object",
    "description": "The clause by which it enters into force; all_of and any_of hold clauses of the same shape.",
    "properties": {
        **_LEAF,
        "clauses": {"type": "array", "items": {"type": "object", "properties": _LEAF, "required": ["kind"]}},
    },
    "required": ["kind"],
    "example": {
        "kind": "all_of",
        "clauses": [{"kind": "signature_by_all", "after": "P60D"}, {"kind": "approval_by_all"}],
    },
}


@extend_schema_field(_SCHEMA)
class ClauseField(serializers.Field):
    """A clause on entry into force."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the clause as it came, once it can be read."""
        if (found := find_forbidden_text(data)) is not None:
            raise serializers.ValidationError(f"{found[0] or 'The text'} {found[1]}")
        try:
            read_clause(data)
        except UnreadableClause as error:
            where = f"{error.pointer}: " if error.pointer else ""
            raise serializers.ValidationError(f"{where}{error}") from None
        return data

    def to_representation(self, value: Any) -> Any:
        """Return it as it is."""
        return value
