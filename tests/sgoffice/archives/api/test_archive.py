"""The whole register over the API: an act of two approvers, traced; another register takes the archive in."""

import hashlib
from io import BytesIO, StringIO
from zipfile import ZipFile

import orjson
import pytest
from django.core.management import call_command

from sgoffice.records.models import TraceItem
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.sgoffice.archives import story
from tests.sgoffice.archives.deciding import WHY, decided


@pytest.mark.django_db
def test_one_approver_proposes_another_approves_and_the_first_takes_it(two):
    one, other = two
    hidden = make.engagement(marking="restricted", title="ZQX secret talk")

    proposed = one.enter("archive", WHY)
    before = one.see("archive")
    alone = decided(one, proposed.json()["id"])
    again = one.enter("archive", WHY)
    approved = decided(other, proposed.json()["id"])
    taken = one.see("archive")

    assert (proposed.status_code, proposed.json()["action"]) == (202, "take_whole_register")
    assert (before.status_code, before.json()["rule"]) == (409, "archive-not-open")
    assert (alone.status_code, alone.json()["rule"]) == (409, "second-person")
    assert (again.status_code, again.json()["rule"]) == (409, "proposed-already")
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert (taken.status_code, taken["Content-Type"]) == (200, "application/zip")
    with ZipFile(BytesIO(b"".join(taken.streaming_content))) as archive:
        manifest = archive.read("manifest.json")
        assert b"ZQX secret talk" in archive.read("records/engagement.jsonl")
    item = TraceItem.objects.filter(act="export").latest("pk")
    assert item.actor == f"staff:{one.user.pk}"
    assert item.entries == [hidden.pk]
    assert item.about["approval"] == proposed.json()["reference"]
    assert item.about["manifest_sha256"] == hashlib.sha256(manifest).hexdigest()
    assert item.about["records"] == str(sum(orjson.loads(manifest)["counts"].values()))


@pytest.mark.django_db
def test_nothing_is_written_for_head_and_nothing_is_proposed_without_a_purpose(two):
    one, other = two

    assert one.enter("archive", {"purpose": " "}).json()["errors"][0]["pointer"] == "/purpose"
    refused = one.enter("archive", WHY).json()["id"]
    decided(other, refused, "refuse", reason="Ask the operator.")
    assert one.see("archive").status_code == 409
    decided(other, one.enter("archive", WHY).json()["id"])
    told = one.head("/api/v1/archive")
    assert (told.status_code, told.content) == (200, b"")
    assert "register-" in told["Content-Disposition"]


def test_an_empty_register_takes_it_in(databases, django_db_setup, django_db_blocker, tmp_path):
    file = tmp_path / "register.zip"
    with django_db_blocker.unblock():
        with story.register_of_its_own(databases):
            story.tell()
            one, other = signed_in("approver"), signed_in("approver")
            decided(other, one.enter("archive", WHY).json()["id"])
            file.write_bytes(b"".join(one.see("archive").streaming_content))
            told = story.everything()
        with story.register_of_its_own(databases):
            call_command("import", str(file), stdout=StringIO())
            assert story.everything() == told
