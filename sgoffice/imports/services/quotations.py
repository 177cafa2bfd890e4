"""Erase what an import kept of the rows that became a record: cells, answers, and the file that was brought."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from sgoffice.changes.erasable import Erasure, also_erases
from sgoffice.changes.masks import REDACTED, masked
from sgoffice.imports.models import ImportFile, ImportQuestion, ImportRow

#: What quotes the file.
_OF_ROW: Final = ("cells", "values", "problems", "differences", "before")
_OF_QUESTION: Final = ("key", "text", "detail", "options", "suggested")


@also_erases
def erase_of_imports(erasure: Erasure) -> Iterable[UUID]:
    """Erase the texts in the imports that brought these records, and their files, which are bytes of any form."""
    imports = set(ImportRow.objects.filter(record__in=erasure.ids).values_list("owner", flat=True))
    imports |= set(ImportQuestion.objects.filter(record__in=erasure.ids).values_list("owner", flat=True))
    for model, names in ((ImportRow, _OF_ROW), (ImportQuestion, _OF_QUESTION)):
        rows: Any = model._default_manager.filter(owner__in=imports)
        for row in rows.iterator():
            _erase(row, names, erasure.texts)
    ImportFile.objects.filter(owner__in=imports).update(content=b"")
    return sorted(imports)


def _erase(row: Any, names: Iterable[str], texts: Any) -> None:
    after = {name: masked(getattr(row, name), texts) for name in names}
    if changed := [name for name in names if after[name] != getattr(row, name)]:
        if "key" in changed:  # one question, one key
            after["key"] = f"{REDACTED} {row.pk}"
        for name in changed:
            setattr(row, name, after[name])
        row.save(update_fields=changed)
