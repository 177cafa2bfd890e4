"""The version stands once, in pyproject.toml; the program, both API documents and the changelog say the same."""

import re
import tomllib

import pytest
import yaml

import sgoffice
from tests.architecture.source import ROOT


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_program_has_the_version_of_the_project():
    assert sgoffice.__version__ == tomllib.loads(read("pyproject.toml"))["project"]["version"]


@pytest.mark.parametrize("name", ["openapi.yaml", "openapi-partners.yaml"])
def test_the_documents_of_the_api_have_it(name):
    version = next(line for line in read(f"docs/{name}").splitlines() if line.startswith("  version:"))

    assert yaml.safe_load(version) == {"version": sgoffice.__version__}


def test_the_newest_release_of_the_changelog_is_this_version():
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    released = [heading for heading in headings if heading != "Unreleased"]

    assert released[0].split()[0] == sgoffice.__version__
