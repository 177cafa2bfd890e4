"""Backups of the whole database: a dump, and beside it a manifest of what must be in it when it is restored.

Both are of one moment: the dump is made from the snapshot that the manifest was measured in. The keys are none of it
(key_files.py). PostgreSQL's own programs do the work, those of the embedded server where there is one.
"""

import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage
from django.db import connections
from django.utils import timezone
from psycopg import sql
from psycopg.conninfo import make_conninfo

from sgoffice import __version__
from sgoffice.database import binaries, schema, secret_key
from sgoffice.database.server import embedded_server
from sgoffice.history import checkpoints
from sgoffice.history.signing import UnusableKey
from sgoffice.running import measures, sealing
from sgoffice.settings.environment import read_environment

_OF_DJANGO = {"cursor_factory", "context", "prepare_threshold", "options", "client_encoding"}
_NO_LIMITS = "-c lock_timeout=0 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
_FORMAT = 1
#: In the state folder, for who looks at this installation.
_NEWEST = "newest_backup.json"
_MEGABYTE = 1 << 20


class BackupFailed(Exception):
    """Nothing was made, or what was made is not to be relied on; the text says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a dump holds. `tables` by name: rows and their digest; `key` is the fingerprint of the secret key.

    `objects`: digests of tables, with constraints and triggers, and of functions; older manifests have none.
    """

    format: int
    made_at: str
    version: str
    postgresql: str
    tables: dict[str, tuple[int, str]]
    position: int
    chain: str
    checkpoint: int | None
    key: str
    size: int
    sha256: str
    objects: schema.Digests = field(default_factory=dict)


def manifest_of(file: Path) -> Path:
    """Return where the manifest of a dump lies."""
    return file.with_name(file.name + ".manifest.json")


def back_up(file: Path) -> Manifest:
    """Write a dump and its manifest, which only this user can read; nothing is overwritten. Raises BackupFailed.

    Where a setting names public keys the dump is encrypted as it is made: nothing of it reaches the disk in the clear.
    """
    keys = _usable(sealing.recipients)
    for place in (file, manifest_of(file)):
        if place.exists():
            message = f"{place} exists: name another file; a backup is never overwritten."
            raise BackupFailed(message)
    part = file.with_name(file.name + ".part")
    with _session() as session:
        session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        [(snapshot,)] = session.execute("SELECT pg_export_snapshot()").fetchall()
        found = session.execute("SELECT position, encode(hash, 'hex') FROM history_link ORDER BY position DESC LIMIT 1")
        position, chain = found.fetchone() or (0, "")
        tables, objects = measures.measure(session), schema.digests_in(session)
        with _closed_file(part) as output:
            _run("pg_dump", [f"--snapshot={snapshot}", "--format=custom", "--no-password", _place()], output, keys)
        server = session.info.parameter_status("server_version") or ""
    manifest = Manifest(
        _FORMAT, timezone.now().isoformat(timespec="seconds"), __version__, server, tables, position, chain,
        _newest_checkpoint(), secret_key.fingerprint(), part.stat().st_size, _sha256(part), objects,
    )  # fmt: skip
    with _closed_file(manifest_of(file)) as output:
        output.write(json.dumps(asdict(manifest), indent=1).encode())
    part.rename(file)
    _note(file, manifest, is_encrypted=bool(keys))
    return manifest


def newest() -> dict[str, Any] | None:
    """Return what is known of the last backup that was made with this state folder: at, file, is_encrypted."""
    try:
        noted: dict[str, Any] = json.loads((read_environment().state / _NEWEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return noted


def _note(file: Path, manifest: Manifest, *, is_encrypted: bool) -> None:
    noted = {"at": manifest.made_at, "file": str(file.absolute()), "is_encrypted": is_encrypted}
    with _closed_file(read_environment().state / _NEWEST) as output:
        output.write(json.dumps(noted).encode())


def read_manifest(file: Path) -> Manifest:
    """Return the manifest of a dump that is whole. Raises BackupFailed."""
    try:
        said = json.loads(manifest_of(file).read_text(encoding="utf-8"))
        said["tables"] = {name: (rows, digest) for name, (rows, digest) in said["tables"].items()}
        manifest = Manifest(**said)
        is_whole = file.stat().st_size == manifest.size and _sha256(file) == manifest.sha256
    except (OSError, ValueError, TypeError, KeyError) as error:
        message = f"{file} and {manifest_of(file).name} beside it cannot be read as a backup: {error}"
        raise BackupFailed(message) from error
    if not is_whole:
        message = f"{file} is damaged: it is not the file that its manifest tells of. Use another backup."
        raise BackupFailed(message)
    return manifest


def restore_into(database: str, file: Path, manifest: Manifest, identity: Path | None = None) -> None:
    """Restore a dump into an empty database and compare all of it with the manifest. Raises BackupFailed.

    What is encrypted is read with the private key in `identity`.
    """
    keys = _usable(lambda: sealing.identities(identity)) if sealing.is_sealed(file) else []
    with _session(database) as session:
        if session.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone():
            message = (
                f"The database {database} is not empty, and a restore replaces nothing: name an empty database in "
                "DATABASE_URL and DATABASE_OWNER_URL, or an empty folder in SGOFFICE_STATE."
            )
            raise BackupFailed(message)
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"]
    with file.open("rb") as source:
        _run("pg_restore", [*options, f"--dbname={_place(database)}"], source, keys)
    with _session(database) as session, session.transaction():
        found = measures.differences(manifest.tables, measures.measure(session))
        altered = schema.differences(manifest.objects, schema.digests_in(session))
        found += [f"{name} has other columns, constraints, triggers or another body" for name in altered]
    if found:
        message = "What was restored is not what was backed up:\n" + "\n".join(found)
        raise BackupFailed(message)


def verify(file: Path, identity: Path | None = None) -> Manifest:
    """Restore a backup into a database beside, compare, and drop that database again. Raises BackupFailed."""
    manifest = read_manifest(file)
    if sealing.is_sealed(file):
        _usable(lambda: sealing.identities(identity))
    beside = f"verify_{os.getpid()}"
    name = sql.Identifier(beside)
    with _session() as session:
        try:
            session.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        except psycopg.errors.InsufficientPrivilege as error:
            message = "The owner may create no database to compare with: ALTER ROLE … CREATEDB, or restore elsewhere."
            raise BackupFailed(message) from error
        try:
            restore_into(beside, file, manifest, identity)
        finally:
            session.execute(sql.SQL("DROP DATABASE {}").format(name))
    return manifest


def owners_database() -> str:
    """Return the name of the database that the owner connects to."""
    return str(connections["owner"].get_connection_params()["dbname"])


def _parameters(database: str = "") -> dict[str, Any]:
    given = connections["owner"].get_connection_params()
    kept = {name: value for name, value in given.items() if name not in _OF_DJANGO}
    return kept | ({"dbname": database} if database else {})


@contextmanager
def _session(database: str = "") -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**_parameters(database), options=_NO_LIMITS, autocommit=True) as session:
        yield session


def _place(database: str = "") -> str:
    """Return where PostgreSQL's programs connect; the password is not among what other users see of a process."""
    return make_conninfo("", **{name: value for name, value in _parameters(database).items() if name != "password"})


def _programs() -> Path:
    settings = connections["owner"].settings_dict
    if settings.get("STATE"):
        return embedded_server(Path(settings["STATE"]), programs=settings["PROGRAMS"]).programs
    return binaries.find_programs(read_environment().sgoffice_pg_bin)


def _run(program: str, arguments: list[str], file: IO[bytes], keys: Sequence[Any] = ()) -> None:
    """Run a program that writes a dump to a file, or restores one from it; with keys the file is encrypted."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {"PGPASSWORD": str(_parameters().get("password", "")), "PGOPTIONS": _NO_LIMITS, "LC_ALL": "C"}
    command = [str(_programs() / program), *arguments]
    near = subprocess.PIPE if keys else file
    from_it, to_it = (subprocess.DEVNULL, near) if file.writable() else (near, subprocess.DEVNULL)
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdin=from_it, stdout=to_it, stderr=said, env=environment) as process:  # noqa: S603 - PostgreSQL's own
            fault = _carry(process, file, keys) if keys else ""
        if fault or process.returncode:
            said.seek(0)
            message = f"{program} failed: {fault} {said.read()[-2000:].decode(errors='replace')}"
            raise BackupFailed(message)


def _carry(process: "subprocess.Popen[bytes]", file: IO[bytes], keys: Sequence[Any]) -> str:
    """Encrypt what a program writes, or decrypt what it reads; return what went wrong. It never sees half a dump."""
    try:
        if process.stdout:
            pyrage.encrypt_io(process.stdout, file, keys)
        if process.stdin:
            pyrage.decrypt_io(file, process.stdin, keys)
            process.stdin.close()
    except BrokenPipeError:
        return ""  # the program has ended and says why
    except (OSError, pyrage.EncryptError, pyrage.DecryptError) as error:
        process.kill()
        return f"{error}; is it another key?" if process.stdin else str(error)
    return ""


def _usable(asked: Callable[[], list[Any]]) -> list[Any]:
    try:
        return asked()
    except sealing.UnusableSeal as error:
        raise BackupFailed(str(error)) from error


@contextmanager
def _closed_file(place: Path) -> Iterator[Any]:
    """Write a file that only this user can read, and see it on the disk."""
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
            os.fchmod(output.fileno(), 0o600)
            yield output
            output.flush()
            os.fsync(output.fileno())
    except OSError as error:
        message = f"{place} cannot be written: {error.strerror}"
        raise BackupFailed(message) from error


def _newest_checkpoint() -> int | None:
    try:
        newest = checkpoints.newest()
    except (checkpoints.Unsound, UnusableKey, OSError):
        return None  # verify_history says what is wrong with them
    return newest.number if newest else None


def _sha256(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while piece := file.read(_MEGABYTE):
            digest.update(piece)
    return digest.hexdigest()
