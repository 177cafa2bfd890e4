"""docs/partners.md as a partner engineer reads it: its commands and its client are run against a served register."""

import base64
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engagements.agreements.models import Agreement
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners.models import Partner
from sgoffice.partners.pings import signatures
from sgoffice.records.actors import OFFICE
from tests.factories import partners as make
from tests.factories.agreements import agreement, in_force_since
from tests.factories.engagements import text
from tests.sgoffice.partners.api.partner_page import EXAMPLE, HERE, ISSUE, Copy, blocks, credentials, environment


def test_every_command_of_the_page_works_in_its_order(served, tmp_path):
    text(in_force_since("2009-04-26", marking="public"), marking="public")
    _, client = blocks("python")
    (tmp_path / "pull.py").write_text(client, encoding="utf-8")  # as the page says: saved under this name
    script = "set -euo pipefail\n" + "\necho; echo ---\n".join([*blocks("sh"), "python3 pull.py"])
    own = {HERE: served, ISSUE: f'"{credentials()}"'}
    for words, value in own.items():
        assert script.count(words) == 1
        script = script.replace(words, value)

    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    *answers, last, pulled = done.stdout.split("---")
    assert len(answers) + 1 == len(blocks("sh"))
    assert pulled.strip() == "2 records, in step"
    assert '"client_id":"example-partner"' in answers[2]
    assert '"is_this":true' in answers[3]
    assert '"has_more":false' in answers[5]
    assert '"has_more":false' in answers[6]
    assert "text: OK" in answers[7]
    assert '"secret":"whsec_' in answers[8]
    assert '"kind":"agreement","count":1' in answers[9]
    assert '"digest":[{"kind":"agreement","count":1' in answers[10]
    assert '"status":"in_force"' in last
    assert len((tmp_path / "snapshot.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_a_command_of_the_page_that_is_refused_says_why(served, tmp_path):
    script = "\n".join([*blocks("sh")[1:2], "TOKEN=sgp_old", "pull /digest"])

    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment(served), capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "Request a token at /api/v1/oauth/token" in done.stdout


def test_credentials_of_the_page_that_are_refused_say_why(served, tmp_path):
    given = environment(served) | {"CLIENT_SECRET": "sgs_wrong"}
    script = "\n".join(["set -euo pipefail", *blocks("sh")[1:2]])

    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=given, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "ask the office for a new secret" in done.stderr
    assert "Traceback" not in done.stderr


def test_client_of_the_page_keeps_a_copy_that_is_in_step(served, tmp_path):
    kept = Copy(tmp_path, served)
    run = kept.run
    assert len(kept.client.splitlines()) < 100

    record, other = agreement(marking="public"), agreement(marking="public")
    assert run() == "2 records, in step"

    make.release(Partner.objects.get(slug=EXAMPLE), agreement().pk)
    enter_in_error(Agreement, other.pk, by=OFFICE, expected=ANY_VERSION, reason="It was entered twice")
    assert run() == "2 records, in step"

    call_command("begin_epoch", stdout=StringIO())
    assert run() == "2 records, in step"
    with sqlite3.connect(kept.path) as copy:
        copy.execute("DELETE FROM record WHERE id = ?", [str(record.pk)])
    assert run() == "mended 1 buckets\n2 records, in step"
    with sqlite3.connect(kept.path) as copy:
        copy.execute("UPDATE record SET digest = '0000000000000001'")
        copy.execute("INSERT INTO record VALUES ('left over', 'agreement', '00', '{}')")
    assert run().endswith("buckets\n2 records, in step")
    with sqlite3.connect(kept.path) as copy:
        found = {key for (key,) in copy.execute("SELECT id FROM record")}
    copy.close()
    assert str(record.pk) in found
    assert str(other.pk) not in found


def test_verification_of_the_page_takes_what_the_register_signed_and_nothing_else():
    verification, _ = blocks("python")
    found: dict[str, Any] = {}
    exec(verification, found)  # noqa: S102 - the page as it is
    is_ours = found["is_from_the_register"]
    key, body, now = b"k" * 32, b'{"type":"stream.advanced"}', datetime.now(UTC)
    secret = "whsec_" + base64.b64encode(key).decode()
    headers = signatures.headers("msg_1", body, [b"the one before", key], at=now)
    old = signatures.headers("msg_1", body, [key], at=now - timedelta(minutes=6))

    assert is_ours(headers, body, secret)
    assert not is_ours(headers, body + b" ", secret)
    assert not is_ours(headers | {"webhook-id": "msg_2"}, body, secret)
    assert not is_ours(headers | {"webhook-timestamp": old["webhook-timestamp"]}, body, secret)
    assert not is_ours(old, body, secret)
    assert not is_ours(headers, body, "whsec_" + base64.b64encode(b"x" * 32).decode())


def test_secret_of_nobody_is_refused_with_the_names_there_are(fresh_database):
    make.partner(slug=EXAMPLE)

    with pytest.raises(CommandError, match=EXAMPLE):
        call_command("issue_partner_secret", "nobody")
