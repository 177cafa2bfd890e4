"""Records that are hard to carry, what is to be the same of them in another register, and registers to try it in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connections

from engagements import services
from engagements.models import Engagement
from sgoffice.archives import contents
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.directory.models import Person
from sgoffice.documents import fetch_documents
from sgoffice.feed import queries
from sgoffice.partners.models import Partner
from sgoffice.records.actors import OFFICE
from tests.databases import Databases
from tests.engagements.files import PDF
from tests.factories import agreements, directory, partners
from tests.factories import engagements as make
from tests.factories.accounts import staff

DOOR: dict[str, Any] = {"by": OFFICE, "expected": ANY_VERSION, "reason": "As the story has it."}
TERMS = {"tacit_renewal": "P1Y", "duration": "P5Y", "notice_period": "P6M"}


def tell() -> dict[str, Any]:
    """Enter what is hard to carry: restricted, merged, in error, imprecise, with files, related, released."""
    reader, officer = staff("officer"), staff("officer").as_actor()
    minister, double = directory.person("Amina Example-Diallo"), directory.person("A. Example Diallo")
    merge(Person, minister.pk, other=double.pk, **DOOR)
    hidden = make.engagement(
        by=officer, marking="restricted", readers=(reader.pk,), held="2019-10-15/2019-10-18",
        participants=(make.theirs(person=double, title="Minister"), make.theirs(title="Her adviser")),
    )  # fmt: skip
    make.paper(hidden, kind="readout", text="Both sides want a liaison officer.")
    file = services.Upload(name="readout.pdf", content=PDF, media_type="application/pdf")
    make.attachment(hidden, file=file, address="")
    make.action_item(hidden, owner=services.OwnerEntry(user=reader.pk), due_on=make.NOW.date())
    enter_in_error(Engagement, make.engagement(held="1975~", title="Reported twice").pk, **DOOR)
    one, two = make.engagement(held="2024-05"), make.engagement(held="2024-05-15")
    merge(Engagement, one.pk, other=two.pk, **DOOR)
    older, newer = agreements.in_force_since("2001-04", **TERMS), agreements.in_force_since("2012-05-01", **TERMS)
    agreements.relate(newer, "supersedes", older)
    make.action_item(older)
    released = make.engagement(held="2024-06-01", participants=(make.theirs(),))
    partners.release(partners.partner(), released.pk)
    return {"reader": reader, "hidden": hidden, "released": released}


def everything() -> tuple[dict[Any, Any], dict[str, Any]]:
    """Return every document but for its version, and what the digest of each partner says."""
    found = {}
    for model in contents.kinds():
        for key, stored in fetch_documents(model, list(model.rows().values_list("pk", flat=True))).items():
            found[key] = json.loads(stored.body) | {"version": 0}
    return found, {partner.slug: queries.digest_buckets(partner.pk)[1] for partner in Partner.objects.all()}


@contextmanager
def register_of_its_own(databases: Databases, template: str = "") -> Iterator[None]:
    """Work in another register: an empty one, or a copy of a template."""
    name = databases.copy(template)
    before = databases.point_at(name)
    try:
        yield
    finally:
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


def altered(archive: Path, place: Path, path: str, before: str, after: str) -> Path:
    """Write a copy of an archive in which a file says something else."""
    with ZipFile(archive) as old, ZipFile(place, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == path:
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    return place
