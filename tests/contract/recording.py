"""Records what success looks like into sgoffice/api/schema/answers.json: `make answers`. No test of the suite."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sgoffice.api.schema.answers import RECORDED
from sgoffice.partners import services
from sgoffice.records.actors import OFFICE
from tests.contract.operations import Operation, ask
from tests.contract.walking import READS, WRITES
from tests.factories import partners

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stock")]
#: What is shown in place of secrets.
_SECRETS = {
    "token": "shown once",
    "access_token": "shown once",
    "client_secret": "shown once",
    "secret": "shown once",
    "address": "https://register.example/calendars/shown-once.ics",
}
#: How shapes of many records are called; `answers.py` makes them of one.
_LISTS = ("Page", "List")
_OF_PARTNERS = {
    "ChangesPage": "changes?limit=1",
    "Changelog": "changelog",
    "Digest": "digest",
    "PingEndpoints": "ping-endpoints",
}


def test_record_what_success_looks_like(maker, approver, settle):
    recorded: dict[str, Any] = {}
    for shape, answer in (*_of_partners(settle), *_of_reads(maker, approver), *_of_writes(maker)):
        if shape and shape not in recorded:
            recorded[shape] = _fit_to_show(answer)
    whole = {shape for shape in recorded for end in _LISTS if shape.removesuffix(end) in recorded.keys() - {shape}}
    shown = {shape: answer for shape, answer in sorted(recorded.items()) if shape not in whole}

    written = json.dumps(shown, ensure_ascii=False, indent=1).replace("http://testserver", "https://register.example")
    RECORDED.write_text(written + "\n", encoding="utf-8")


def _of_reads(maker: Any, approver: Any) -> Iterator[tuple[str, Any]]:
    for item in sorted(READS, key=lambda item: not item.id.endswith("_retrieve")):
        for key in _shipped(item, approver) if item.has_key else [""]:
            answer = ask(maker.client_for(item), item, key)
            if answer.status_code == 200 and answer["Content-Type"] == "application/json":
                yield _shape_of(item, 200), answer.json()
                break
        else:
            answer = maker.ask(item)
            if answer.status_code == 200 and answer["Content-Type"] == "application/json":
                yield _shape_of(item, 200), answer.json()


def _shipped(item: Operation, approver: Any) -> list[str]:
    """Return ids of records, first those that name their sources, the shortest documents first."""
    if item.kind == "me":
        return []
    found = approver.see(f"{item.kind}?limit=50").json()["results"]
    return [shown["id"] for shown in sorted(found, key=_telling)][:3]


def _telling(shown: Any) -> tuple[bool, int]:
    return not shown.get("sources"), len(json.dumps(shown))


def _of_writes(maker: Any) -> Iterator[tuple[str, Any]]:
    for item in WRITES:
        answer = maker.ask(item)
        if answer.status_code in {200, 201, 202} and answer.content:
            yield _shape_of(item, answer.status_code), json.loads(answer.content)


def _of_partners(settle: Any) -> Iterator[tuple[str, Any]]:
    receiver = partners.partner(slug="harbour-police", name="Harbour police", contact="systems@harbour.example")
    partners.endpoint(receiver)
    settle()
    puller = partners.Puller(receiver)
    pages = {shape: puller.see(path).json() for shape, path in _OF_PARTNERS.items()}
    profile = puller.get("/api/v1/partner", headers={"Authorization": f"Bearer {puller.token}"})
    first = pages["ChangesPage"]["changes"][0]
    agreement = puller.see("agreements").json()["results"][0]
    rotating = partners.partner(slug="coast-guard", name="Coast guard")
    _, secret = services.issue_secret(rotating.pk, by=OFFICE, at=timezone.now())
    own = {"client_id": rotating.slug, "client_secret": secret}
    yield from pages.items()
    yield "PartnerSelf", profile.json()
    yield from ((shape, first) for shape in ("Line", "LineOrEnd"))
    yield "AgreementForPartners", puller.see(f"agreements/{agreement['id']}").json()
    yield "AuthorizationServer", Client().get("/.well-known/oauth-authorization-server").json()
    yield "PartnerToken", _posted("token", grant_type="client_credentials", **own)
    yield "Credentials", _posted("credentials", issue="secret", **own)


def _posted(path: str, **values: str) -> Any:
    return Client().post(f"/api/v1/oauth/{path}", values, content_type="application/json").json()


def _shape_of(item: Operation, status: int) -> str:
    content = item.told["responses"][str(status)]["content"]
    shown = content.get("application/json", {})
    return "" if "examples" in shown and "$ref" not in shown["examples"].get("success", {}) else _name_of(shown)


def _name_of(shown: dict[str, Any]) -> str:
    return shown.get("schema", {}).get("$ref", "").rpartition("/")[2]


def _fit_to_show(answer: Any) -> Any:
    """Leave secrets out, and all but two of each list."""
    if isinstance(answer, dict):
        return {name: (value and _SECRETS.get(name)) or _fit_to_show(value) for name, value in answer.items()}
    if isinstance(answer, list):
        return [_fit_to_show(value) for value in answer[:2]]
    return answer
