"""Render what was brought, and compare it: the documents must be those of the archive, but for their versions."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import orjson

from sgoffice import documents
from sgoffice.archives import contents
from sgoffice.archives.checks import Archive
from sgoffice.archives.packages import PackageFailed
from sgoffice.documents import publications
from sgoffice.records.models import Record

_NAMED = 5


def render_all() -> None:
    """Render the documents of staff and partners that are missing. The caller holds NAMES exclusively."""
    for model, ids in documents.outdated():
        documents.store_documents(model, ids)
    for kind, ids in publications.outdated():
        publications.publish(kind, ids)


def require_same_documents(archive: Archive) -> None:
    """Raise PackageFailed if a document differs from that of the archive.

    What was rendered before something that it depends on is rendered once more. Kinds that another version renders in
    another way are not compared.
    """
    renderers = archive.manifest["renderers"]
    for model in contents.kinds():
        if renderers.get(model.record_kind) != documents.recipes()[model.record_kind].renderer:
            continue
        if differing := list(_differing(archive, model)):
            for start in range(0, len(differing), documents.BATCH):
                documents.store_documents(model, differing[start : start + documents.BATCH])
                publications.publish(model, differing[start : start + documents.BATCH])
            _require_none(archive, model, list(_differing(archive, model)))


def _require_none(archive: Archive, model: type[Record], found: list[UUID]) -> None:
    if found:
        named = ", ".join(str(one) for one in found[:_NAMED])
        message = (
            f"{archive.place}: {len(found)} documents of the kind {model.record_kind} would be others than in the "
            f"archive, such as {named}: nothing was brought. Use `backup` and `restore`, and report this."
        )
        raise PackageFailed(message)


def _differing(archive: Archive, model: type[Record]) -> Iterator[UUID]:
    """Yield the ids of the records whose documents differ."""
    lines = archive.lines(f"records/{model.record_kind}.jsonl")
    while batch := {UUID(line["document"]["id"]): line["document"] for _, line in islice(lines, documents.BATCH)}:
        stored = documents.fetch_documents(model, list(batch))
        for record_id, told in batch.items():
            if _unversioned(told) != _unversioned(orjson.loads(stored[record_id].body)):
                yield record_id


def _unversioned(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "version"}
