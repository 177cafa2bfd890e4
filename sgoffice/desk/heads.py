"""What every sheet says of its record: reference, marking, doubts, sources, and where to correct everything."""

from collections.abc import Mapping
from typing import Any

from sgoffice.admin.formatting import label_of
from sgoffice.desk.addresses import admin_address_of
from sgoffice.records.models import Marking


def head_of(document: Mapping[str, Any], record: Any) -> dict[str, Any]:
    """Return what the templates `desk/head.html` and `desk/grounds.html` show."""
    conflicts = (f"{label_of(one['pointer'])}: {one['value']}" for one in document["conflicts"])
    return {
        "reference": document["reference"],
        "marking": document["marking"],
        "marking_label": Marking(document["marking"]).label,
        "is_in_error": record.is_in_error,
        "version": document["version"],
        "doubts": [*document["caveats"], *conflicts],
        "sources": document["sources"],
        "admin": admin_address_of(record),
        "history": admin_address_of(record, "history"),
    }
