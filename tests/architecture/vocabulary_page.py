"""docs/vocabularies.md from its table: `python -m tests.architecture.vocabulary_page` writes it anew."""

import os
from collections.abc import Iterator

import django

from tests.architecture.source import ROOT

PAGE = ROOT / "docs" / "vocabularies.md"
_HEAD = """# Our words in those of others

What a member of a document for partners is in three vocabularies: the OData service of
[InforMEA](https://www.informea.org/en/about/api), the portal of multilateral environmental agreements;
[Popolo](https://www.popoloproject.com/specs/); and [schema.org](https://schema.org). An empty cell: nothing there
means the same. `parties.name` is `name` of each of `parties`. The table is in
`sgoffice/partners/data/vocabularies.tsv`; this page is made from it.

`/api/partner/context.jsonld` serves the last column as a JSON-LD context, to anybody: add `"@context"` with its
address to a document, or follow the `Link` header of `agreements/{id}`. What the context does not name, a JSON-LD
processor leaves out.
"""


def page() -> str:
    """Return the page."""
    return _HEAD + "".join(_tables())


def _tables() -> Iterator[str]:
    from sgoffice.partners.api.vocabularies import meanings  # the settings are needed first

    for schema in dict.fromkeys(one.schema for one in meanings()):
        yield f"\n## `{schema}`\n\n| member | InforMEA | Popolo | schema.org |\n|---|---|---|---|\n"
        for one in meanings():
            if one.schema == schema:
                member = f"`{one.member}`" if one.member else "the record"
                yield f"| {member} | {one.informea} | {one.popolo} | {one.schema_org} |\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
