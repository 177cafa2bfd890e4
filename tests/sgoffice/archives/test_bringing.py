"""What is taken out of a register is there again in an empty one: documents, partner digests, staff, files, links."""

import hashlib
import json
import stat
from io import StringIO
from zipfile import ZipFile

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from engagements.models import FileContent
from sgoffice import __version__
from sgoffice.accounts.models import User
from sgoffice.changes.door import open_rows
from sgoffice.partners.models import Release
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Entry, HistoryEntry, Link, TraceItem
from tests.factories import partners
from tests.sgoffice.archives import story

_TRIED = 25


@pytest.fixture(scope="module")
def told(databases, django_db_setup, django_db_blocker, tmp_path_factory):
    """An archive of a register with a story, and what is to be the same in another one."""
    file = tmp_path_factory.mktemp("archive") / "register.zip"
    with django_db_blocker.unblock(), story.register_of_its_own(databases):
        found = story.tell()
        call_command("export", str(file), stdout=StringIO())
        return found | {
            "file": file,
            "everything": story.everything(),
            "links": set(Link.objects.values_list("pk", "source", "relation", "target")),
            "references": set(Entry.objects.exclude(kind="approval").values_list("pk", "reference", "marking")),
            "staff": set(User.objects.values_list("pk", "username", "role")),
            "traced": list(TraceItem.objects.filter(door="command").values_list("act", "actor")),
        }


@pytest.fixture
def empty_register(databases, django_db_blocker):
    with django_db_blocker.unblock(), story.register_of_its_own(databases):
        yield


def brought(file):
    said = StringIO()
    call_command("import", str(file), stdout=said)
    return said.getvalue()


def test_everything_is_there_again(told, empty_register):
    assert "each document as it was" in brought(told["file"])

    assert story.everything() == told["everything"]
    assert set(Link.objects.values_list("pk", "source", "relation", "target")) == told["links"]
    assert set(Entry.objects.values_list("pk", "reference", "marking")) == told["references"]
    assert FileContent.objects.count() == 1
    call_command("verify_history", stdout=StringIO())
    call_command("verify_documents", stdout=StringIO())

    assert set(User.objects.values_list("pk", "username", "role")) == told["staff"]
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert {user.is_active for user in User.objects.filter(role="approver")} == {False}
    assert User.objects.get(pk=told["reader"].pk).is_active

    first = HistoryEntry.objects.filter(record_id=told["hidden"].pk).order_by("pk").first()
    with ZipFile(told["file"]) as archive:
        files = {one["path"]: one for one in json.loads(archive.read("manifest.json"))["files"]}
    assert (first.verb, first.actor) == ("bring_register", "office:register")
    assert files["history.jsonl"]["sha256"] in first.reason

    with pytest.raises(CommandError, match="not empty"):
        brought(told["file"])


def test_lines_are_of_the_shape_that_the_schemas_say(told):
    with ZipFile(told["file"]) as archive:
        lines = [name for name in archive.namelist() if name.endswith(".jsonl")]
        for name in lines:
            schema = json.loads(archive.read(f"schemas/{name.removesuffix('.jsonl').rpartition('/')[2]}.json"))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            for line in archive.read(name).splitlines()[:_TRIED]:
                validator.validate(json.loads(line))
        history = [json.loads(line) for line in archive.read("history.jsonl").splitlines()]
    assert {"records/engagement.jsonl", "records/person.jsonl", "staff.jsonl", "history.jsonl"} <= set(lines)
    assert {item["verb"] for item in history} >= {"log", "merge", "enter_in_error"}
    assert all(item["new"] or item["old"] for item in history)
    assert not any("password" in (item["new"] or {}) for item in history)


def test_export_is_for_its_user_alone_traced_and_never_overwritten(told):
    assert stat.S_IMODE(told["file"].stat().st_mode) == 0o600
    assert told["traced"] == [("export", "office:register")]
    with pytest.raises(CommandError, match="nothing is overwritten"):
        call_command("export", str(told["file"]))


def test_what_is_not_this_archive_is_refused_and_nothing_stays(told, empty_register, tmp_path):
    file, path = told["file"], "records/engagement.jsonl"

    def refused(place, reason):
        with pytest.raises(CommandError, match=reason):
            brought(place)
        assert not Entry.objects.exists()
        assert not User.objects.exists()

    refused(story.altered(file, tmp_path / "1", path, "Her adviser", "His adviser"), "damaged: records/engagement")
    newer = f'"version": "{__version__}"', '"version": "99.0.0"'
    refused(story.altered(file, tmp_path / "2", "manifest.json", *newer), "upgrade this one first")
    refused(story.altered(file, tmp_path / "3", "manifest.json", path, "records/other.jsonl"), "other files")
    (tmp_path / "4").write_bytes(b"PK no archive")
    refused(tmp_path / "4", "cannot be read as an archive")
    refused(tmp_path / "5", "cannot be read as an archive")


def test_document_that_would_be_another_one_takes_everything_back(told, empty_register, tmp_path):
    """A manifest that fits does not help: the documents are rendered from the rows, and compared."""
    file = rewritten(told["file"], tmp_path / "1", '"venue":""', '"venue":"elsewhere"')

    with pytest.raises(CommandError, match="would be others than in the archive"):
        brought(file)
    assert not Entry.objects.exists()

    with pytest.raises(CommandError, match="has no column of_tomorrow"):
        brought(rewritten(told["file"], tmp_path / "2", '{"id"', '{"of_tomorrow":1,"id"'))
    with pytest.raises(CommandError, match=r"line 1 of .* breaks a rule"):
        brought(rewritten(told["file"], tmp_path / "3", '"held_latest":"2', '"held_latest":"1'))
    with pytest.raises(CommandError, match=r"line 1 of .* cannot be read"):
        brought(rewritten(told["file"], tmp_path / "4", '"held_latest":"2', '"held_latest":"two'))
    assert not Entry.objects.exists()


def rewritten(file, place, before, after):
    """Write a copy in which the row of the first engagement says something else, with a manifest that fits."""
    path = "records/engagement.jsonl"
    with ZipFile(file) as old, ZipFile(place, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        for name in old.namelist():
            content = old.read(name)
            if name == path:
                document, row, rest = content.partition(b'"row":')
                assert before.encode() in rest
                content = document + row + rest.replace(before.encode(), after.encode(), 1)
                [told] = [one for one in manifest["files"] if one["path"] == path]
                told |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            if name != "manifest.json":
                new.writestr(name, content)
        new.writestr("manifest.json", json.dumps(manifest))
    return place


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["import", "bring_register"])
def test_only_a_register_that_is_brought_takes_a_release_without_its_two_people(verb):
    release = Release(
        partner=partners.partner(), condition="listed", state="approved", proposed_by="a", approved_by="b"
    )
    if verb == "bring_register":
        with open_rows(release, verb=verb, by=OFFICE):
            release.save(force_insert=True)
        return
    with pytest.raises(RuleViolation, match="second person"), open_rows(release, verb=verb, by=OFFICE):
        release.save(force_insert=True)
