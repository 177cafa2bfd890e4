"""docs/access.md is what the API does: every operation as every role, every marking for every reader."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from appointments.api.urls import router as appointments
from engagements.agreements.api.urls import router as agreements
from engagements.api.urls import router as engagements
from sgoffice.accounts.roles import PERMISSIONS
from tests.contract.callers import caller
from tests.contract.operations import NOBODY, ask, operations
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "access.md").read_text(encoding="utf-8")


def table(heading):
    """Return the rows of the table below a heading, each as a mapping from its columns."""
    lines = [
        line for line in PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines() if line[:1] == "|"
    ]
    cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


ROUTES = [*engagements.registry, *agreements.registry, *appointments.registry]
OPERATIONS = table("Operations")
ROLES = [name for name in OPERATIONS[0] if name not in {"method", "route"}]


def fits(row, item):
    return item.method in row["method"].split(", ") and fnmatchcase(item.path, row["route"])


def test_every_operation_has_one_row_and_every_row_an_operation():
    unnamed = [str(item) for item in operations() if sum(fits(row, item) for row in OPERATIONS) != 1]
    unused = [row["route"] for row in OPERATIONS if not any(fits(row, item) for item in operations())]

    assert (unnamed, unused) == ([], [])


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_answers_a_role_as_the_table_says(role):
    client = caller(role)
    wrong = {}
    for item in operations():
        row = next(row for row in OPERATIONS if fits(row, item))
        status = ask(client, item, NOBODY).status_code
        said = {401: "sign in", 403: "no"}.get(status, "yes" if status < 500 else "fault")
        if said != row[role]:
            wrong[str(item)] = (status, row[role])

    assert wrong == {}


def test_every_step_is_declared_with_the_permission_that_the_table_gives():
    wrong = {}
    steps = [(prefix, step) for prefix, view, _ in ROUTES for step in getattr(view, "steps", ())]
    for prefix, step in steps:
        item = next(item for item in operations() if item.path == f"/api/v1/{prefix}/{{id}}/{step.name}")
        row = next(row for row in OPERATIONS if fits(row, item))
        declared = {role: "yes" if step.permission in given else "no" for role, given in PERMISSIONS.items()}
        if declared != {role: row[role] for role in declared}:
            wrong[str(item)] = (declared, row)

    assert steps
    assert wrong == {}


@pytest.mark.parametrize("row", table("Markings"), ids=lambda row: row["marking"])
def test_every_reader_sees_a_marking_as_the_table_says(row):
    author, reader = signed_in("officer"), signed_in("viewer")
    readers = (str(reader.user.pk),) if row["marking"] == "restricted" else ()
    record = make.engagement(by=author.user.as_actor(), marking=row["marking"], readers=readers)
    clients = {"author": author, "named reader": reader}

    for name in [name for name in row if name != "marking"]:
        client = clients.get(name) or caller(name)
        shown = client.see(f"engagements/{record.pk}")
        status = {"sign in": 401}.get(row[name], 403 if name == "partner" else None)
        if status is not None:
            assert (shown.status_code, client.see("engagements").status_code) == (status, status), name
            continue
        listed = [item["id"] for item in client.see("engagements").json()["results"]]
        unknown = client.see(f"engagements/{NOBODY}")
        if row[name] == "yes":
            assert (shown.status_code, listed) == (200, [str(record.pk)]), name
        else:
            assert (shown.status_code, listed) == (404, []), name
            hidden, absent = shown.json(), unknown.json()
            assert {**hidden, "request_id": ""} == {**absent, "request_id": ""}, name
