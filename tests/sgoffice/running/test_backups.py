"""A backup holds what was there, says when it does not, and comes back as a register that goes on."""

import hashlib
import json
import stat
from contextlib import contextmanager
from io import StringIO

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from sgoffice import history
from sgoffice.directory import services
from sgoffice.directory.models import Topic
from sgoffice.records.actors import OFFICE
from sgoffice.running import backups, sealing


def add_topic(name):
    return services.register_topic(services.TopicEntry(name=name, kind="service", allow_duplicate=True), by=OFFICE)


@pytest.fixture
def kept(fresh_database, tmp_path):
    """A backup of a register with one topic, to which another was added afterwards."""
    add_topic("Before")
    file = tmp_path / "register.dump"
    backups.back_up(file)
    add_topic("After")
    connections.close_all()
    return file


@contextmanager
def empty_register(databases):
    name = databases.empty()
    before = databases.point_at(name)
    try:
        yield name
    finally:
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


def epoch():
    with connection.cursor() as cursor:
        cursor.execute("SELECT feed_epoch()")
        return cursor.fetchone()[0]


def test_backup_is_for_its_user_alone_and_never_overwritten(kept):
    for place in (kept, backups.manifest_of(kept)):
        assert stat.S_IMODE(place.stat().st_mode) == 0o600

    assert backups.newest()["file"] == str(kept)
    with pytest.raises(backups.BackupFailed, match="never overwritten"):
        backups.back_up(kept)


def test_backup_is_verified_beside_and_leaves_nothing(kept, databases):
    said = StringIO()

    call_command("backup", str(kept), "--verify", stdout=said)

    assert "row by row" in said.getvalue()
    with databases.admin() as admin:
        assert admin.execute("SELECT FROM pg_database WHERE datname LIKE 'verify_%'").fetchall() == []


def test_restored_register_is_what_it_was_and_goes_on_in_a_new_life(kept, databases):
    before, said = epoch(), StringIO()
    connections.close_all()
    with empty_register(databases):
        call_command("restore", str(kept), stdout=said)

        assert list(Topic.objects.values_list("name", flat=True)) == ["Before"]
        assert epoch() != before
        add_topic("After the restore")
        assert list(history.faults()) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(current_user, 'history_entry', 'INSERT')")
            assert cursor.fetchone() == (False,)
    assert "history up to" in said.getvalue()


def test_full_database_is_never_restored_into(kept):
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(kept))
    assert Topic.objects.count() == 2


def test_damaged_backup_is_refused(kept):
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)

    with pytest.raises(CommandError, match="is damaged"):
        call_command("restore", str(kept))


def test_backup_without_its_manifest_is_refused(kept):
    backups.manifest_of(kept).unlink()

    with pytest.raises(CommandError, match="cannot be read as a backup"):
        call_command("restore", str(kept))


def test_row_that_differs_from_the_manifest_is_named_by_its_table(kept):
    place = backups.manifest_of(kept)
    said = json.loads(place.read_text())
    said["tables"]["directory_topic"][1] = "1"
    said["tables"]["directory_country"][0] += 1
    assert any(name.startswith("function ") for name in said["objects"])
    said["objects"]["table directory_person"] = "another"
    place.write_text(json.dumps(said))

    with pytest.raises(backups.BackupFailed) as refused:
        backups.verify(kept)

    assert "directory_topic has as many rows, and others" in str(refused.value)
    assert "directory_country has" in str(refused.value)
    assert "table directory_person has other columns, constraints" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 4


def test_what_is_written_while_the_dump_is_made_is_in_neither(fresh_database, tmp_path, monkeypatch):
    add_topic("Before")
    run = backups._run

    def run_after_another_write(program, *given):
        add_topic(f"During {program}")
        connections.close_all()
        run(program, *given)

    monkeypatch.setattr(backups, "_run", run_after_another_write)
    backups.back_up(tmp_path / "dump")
    monkeypatch.undo()

    assert backups.verify(tmp_path / "dump").tables["directory_topic"][0] == 1


@pytest.fixture
def keys(fresh_database, tmp_path, monkeypatch):
    """A private key and another one; the setting names the public key of the first."""
    said = StringIO()
    for name in ("another", "own"):
        call_command("backup_identity", str(tmp_path / name), stdout=said)
    [setting] = [line for line in said.getvalue().splitlines() if line.startswith("SGOFFICE_")][1:]
    monkeypatch.setenv(*setting.split("="))
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="File exists"):
        call_command("backup_identity", str(tmp_path / "own"))
    return tmp_path / "own", tmp_path / "another"


def test_encrypted_backup_is_read_with_its_private_key_alone(keys, tmp_path, databases):
    own, another = keys
    add_topic("Sealed")
    file = tmp_path / "register.dump"

    backups.back_up(file)

    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert b"PGDMP" not in content
    assert pyrage.decrypt(content, sealing.identities(own)).startswith(b"PGDMP")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    connections.close_all()
    with empty_register(databases):
        for given, sentence in ((None, "--identity"), (another, "another key"), (file, "cannot be read as a private")):
            with pytest.raises(CommandError, match=sentence):
                call_command("restore", str(file), identity=given)
        call_command("restore", str(file), identity=own, stdout=StringIO())
        assert list(Topic.objects.values_list("name", flat=True)) == ["Sealed"]
    call_command("backup", str(file), "--verify", identity=own, stdout=StringIO())


def test_half_of_an_encrypted_backup_restores_nothing(keys, tmp_path, databases):
    own, _ = keys
    file = tmp_path / "register.dump"
    backups.back_up(file)
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.write_bytes(half)
    said = json.loads(backups.manifest_of(file).read_text())
    told = said | {"size": len(half), "sha256": hashlib.sha256(half).hexdigest()}
    backups.manifest_of(file).write_text(json.dumps(told))
    connections.close_all()

    with empty_register(databases) as name:
        with pytest.raises(CommandError, match="pg_restore failed"):
            call_command("restore", str(file), identity=own)
        with databases.admin() as admin, backups._session(name) as session:
            assert session.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
            assert admin.execute("SELECT FROM pg_database WHERE datname LIKE 'verify_%'").fetchall() == []


def test_public_key_that_cannot_be_read_is_said_and_nothing_is_written(fresh_database, tmp_path, monkeypatch):
    monkeypatch.setenv("SGOFFICE_BACKUP_RECIPIENTS", "age1nobody")

    with pytest.raises(CommandError, match="backup_identity"):
        call_command("backup", str(tmp_path / "dump"))
    with pytest.raises(CommandError, match="backup_identity"):
        call_command("backup_keys", str(tmp_path / "keys"))

    assert list(tmp_path.iterdir()) == []
