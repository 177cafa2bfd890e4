"""Clients that are generated from the partners' API document keep a copy, with nothing of them patched.

`make clients` installs the generators into var/clients (npm and the network); without them these tests fail.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from engagements.agreements import services
from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners.models import Partner
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.architecture.source import ROOT
from tests.factories import engagements as engage
from tests.factories import partners as make
from tests.factories.agreements import agreement
from tests.sgoffice.partners.api.conftest import served
from tests.sgoffice.partners.api.partner_page import EXAMPLE, environment

__all__ = ["served"]
HERE, PLACE = ROOT / "tests" / "clients", ROOT / "var" / "clients"
TOLD = ROOT / "docs" / "openapi-partners.yaml"
PUBLIC, CHANGES = 55, 50


def run(command: Sequence[str | Path]) -> None:
    done = subprocess.run([*command], cwd=PLACE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def python_client(folder: Path) -> list[str | Path]:
    """Generate a client, and return the command that uses it."""
    tools = PLACE / "environment" / "bin"
    assert tools.exists(), "the generators are not installed: make clients"
    package = folder / "register_client"
    config = HERE / "openapi-python-client.yml"
    run([tools / "openapi-python-client", "generate", "--path", TOLD, "--meta", "none", "--config", config,
         "--output-path", package, "--fail-on-warning"])  # fmt: skip
    shutil.copy(HERE / "pull.py", folder)
    return [tools / "python", folder / "pull.py"]


def typescript_client(folder: Path) -> list[str | Path]:
    """Generate types, compile them with their use, and return the command that runs it."""
    node, modules = shutil.which("node"), PLACE / "node_modules"
    assert node is not None, "node is not there"
    assert modules.exists(), "the generators are not installed: make clients"
    (folder / "node_modules").symlink_to(modules)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    shutil.copy(HERE / "pull.ts", folder)
    run([node, modules / "openapi-typescript" / "bin" / "cli.js", TOLD, "-o", folder / "register.d.ts"])
    run([node, modules / "typescript" / "bin" / "tsc", "--strict", "--target", "es2022", "--module", "nodenext",
         "--skipLibCheck", "--types", "node", "--outDir", folder, folder / "pull.ts"])  # fmt: skip
    return [node, folder / "pull.js"]


@contextmanager
def running(command: list[str | Path], given: dict[str, str]) -> Iterator[Any]:
    with subprocess.Popen(
        command, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as client:
        try:
            yield client
        finally:
            client.kill()


def said(client: Any) -> Any:
    line = client.stdout.readline()
    assert line, client.stderr.read()
    return json.loads(line)


@pytest.mark.parametrize("generated", [python_client, typescript_client])
def test_a_generated_client_is_in_step_and_nothing_of_it_is_patched(served, generated, tmp_path, capsys):
    command = generated(tmp_path)
    public = [agreement(marking="public") for _ in range(PUBLIC)]
    lent = make.release(Partner.objects.get(slug=EXAMPLE), agreement().pk)
    engage.text(public[0], marking="public")

    with running(command, os.environ | environment(served)) as client:
        first = said(client)
        for number, one in enumerate(public[:CHANGES]):
            patch = Correction(services.AgreementEntry, {"title": f"Another title {number}"})
            services.correct_agreement(one.pk, patch, by=OFFICE, expected=ANY_VERSION)
        make.withdraw(lent)
        client.stdin.write("\n")
        client.stdin.flush()
        second = said(client)

    with capsys.disabled():
        sys.stdout.write(f"\n  {generated.__name__}: {first} {second}\n")
    assert first == {"records": PUBLIC + 2, "kinds": ["agreement", "attachment"]}
    assert second == {"upserts": CHANGES, "withdrawn": 1, "in_step": True, "text": True}
