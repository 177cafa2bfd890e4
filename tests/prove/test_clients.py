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
PARTNERS, STAFF = (ROOT / "docs" / name for name in ("openapi-partners.yaml", "openapi.yaml"))
PUBLIC, CHANGES = 55, 50
Command = Sequence[str | Path]


def run(command: Command) -> None:
    done = subprocess.run([*command], cwd=PLACE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def by_openapi_python_client(folder: Path) -> Command:
    """Generate a client, and return the command that uses it."""
    config = HERE / "openapi-python-client.yml"
    run([tool("openapi-python-client"), "generate", "--path", PARTNERS, "--meta", "none", "--config", config,
         "--output-path", folder / "register_client", "--fail-on-warning"])  # fmt: skip
    shutil.copy(HERE / "pull_openapi_python_client.py", folder)
    return [tool("python"), folder / "pull_openapi_python_client.py"]


def by_openapi_generator(folder: Path) -> Command:
    openapi_generator("python", PARTNERS, folder, "--package-name", "register_client")
    shutil.copy(HERE / "pull_openapi_generator.py", folder)
    return [tool("python"), folder / "pull_openapi_generator.py"]


def by_openapi_typescript(folder: Path) -> Command:
    run([node(), modules() / "openapi-typescript" / "bin" / "cli.js", PARTNERS, "-o", folder / "register.d.ts"])
    return compiled("pull_openapi_typescript", folder)


def by_orval(folder: Path) -> Command:
    orval(PARTNERS, folder / "register.ts")
    return compiled("pull_orval", folder)


def compiled(name: str, folder: Path) -> Command:
    """Compile a client in TypeScript with what was generated beside it."""
    (folder / "node_modules").symlink_to(modules())
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    shutil.copy(HERE / f"{name}.ts", folder)
    typescript("--outDir", folder, "--target", "es2022", "--module", "nodenext", folder / f"{name}.ts")
    return [node(), folder / f"{name}.js"]


def orval(document: Path, made: Path) -> None:
    run([node(), modules() / ".bin" / "orval", "--input", document, "--output", made])
    assert made.exists(), "orval made nothing"


def openapi_generator(kind: str, document: Path, folder: Path, *more: str) -> None:
    run([tool("openapi-generator-cli"), "generate", "-i", document, "-g", kind, "-o", folder, *more])


def typescript(*arguments: str | Path) -> None:
    """Compile strictly; what was generated is read as it is."""
    run([node(), modules() / "typescript" / "bin" / "tsc", "--strict", "--skipLibCheck", "--types", "node", *arguments])


def tool(name: str) -> Path:
    return installed(PLACE / "environment" / "bin" / name)


def modules() -> Path:
    return installed(PLACE / "node_modules")


def installed(path: Path) -> Path:
    assert path.exists(), "the generators are not installed: make clients"
    return path


def node() -> str:
    found = shutil.which("node")
    assert found is not None, "node is not there"
    return found


@contextmanager
def running(command: Command, given: dict[str, str]) -> Iterator[Any]:
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


GENERATORS = [by_openapi_python_client, by_openapi_generator, by_openapi_typescript, by_orval]


@pytest.mark.parametrize("generated", GENERATORS)
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


def functions_by_orval(document: Path, folder: Path) -> Path:
    orval(document, folder / "register.ts")
    return folder / "register.ts"


def functions_by_openapi_generator(document: Path, folder: Path) -> Path:
    openapi_generator("typescript-fetch", document, folder)
    return folder / "index.ts"


@pytest.mark.parametrize("document", [PARTNERS, STAFF], ids=["partners", "staff"])
@pytest.mark.parametrize("generated", [functions_by_orval, functions_by_openapi_generator])
def test_functions_generated_for_every_operation_compile(generated, document, tmp_path):
    (tmp_path / "node_modules").symlink_to(modules())

    typescript("--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler",
               "--lib", "es2022,dom,dom.iterable", generated(document, tmp_path))  # fmt: skip
