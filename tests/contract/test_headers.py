"""The headers of every route: who may keep the answer, what a page may do; refusals are problems everywhere."""

import re
from itertools import product

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from sgoffice.api.headers import ADMIN, NOTHING
from tests.architecture.source import ROOT
from tests.contract.operations import PROBLEM
from tests.contract.routes import routes
from tests.factories.accounts import signed_in, staff
from tests.factories.engagements import engagement
from tests.samples import some

pytestmark = pytest.mark.django_db

ALWAYS = (
    "Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy",
    "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cache-Control", "X-Request-ID",
)  # fmt: skip
PUBLIC = re.compile(
    r"/($|livez|readyz|problems/|\.well-known/|api/(partner/)?openapi.json|api/partner/(context.jsonld|guide))"
)
STATIC = ["/static/office_admin/register.css", "/static/unfold/js/app.js", "/static/nothing.css"]


def faults(method, address, answer):
    """Return what is wrong with the headers of an answer."""
    found = [f"no {name}" for name in ALWAYS if name not in answer]
    policy = answer.get("Content-Security-Policy", "")
    if not address.startswith("/admin/") or "/log" in address:
        found += [word for word in ("unsafe-inline", "unsafe-eval") if word in policy]
    elif "'unsafe-inline'" in policy.split("style-src")[0]:
        found.append("inline scripts")
    vary = {name.strip() for name in answer.get("Vary", "").split(",")}
    if not PUBLIC.match(address) and not address.startswith("/static/"):
        found += [f"Vary without {name}" for name in ("Authorization", "Cookie") if name not in vary]
        if not re.search("no-store|private", answer.get("Cache-Control", "")):
            found.append(f"kept by anybody: {answer.get('Cache-Control')}")
    if answer.status_code >= 400 and "no-store" not in answer.get("Cache-Control", ""):
        found.append("a refusal that may be kept")
    if answer.status_code >= 400 and answer.get("Content-Type") not in _forms_of_refusal(address):
        found.append(f"{answer.status_code} as {answer.get('Content-Type')}")
    return [f"{method} {address}: {fault}" for fault in found]


def _forms_of_refusal(address):
    """Return how an address may refuse: those of OAuth as RFC 6749 says, pages as pages."""
    if address.startswith("/password"):
        return {PROBLEM, "text/html; charset=utf-8"}
    return {PROBLEM, "application/json"} if address.startswith("/api/v1/oauth/") else {PROBLEM}


@pytest.fixture
def callers(settings):
    """Nobody and an administrator, to whom static files are served as anywhere but in tests."""
    settings.WHITENOISE_AUTOREFRESH = False
    member = Client(enforce_csrf_checks=True)
    member.force_login(staff("administrator"))
    return [Client(enforce_csrf_checks=True), member]


def test_every_route_has_every_header_and_refuses_in_problem_details(callers):
    found = []
    for number, address in enumerate([*(route.address for route in routes()), *STATIC, "/nowhere", "/admin/nowhere/"]):
        reads, others = product(callers, ["GET"]), product(callers, ["POST", "FOO"])
        for client, method in [*reads, *some(others, 4, start=number)]:
            answer = client.generic(method, address, headers={"Accept": "*/*"})
            found += faults(method, address, answer)
            for close in answer._resource_closers:  # not close(): it would end the test's connection too
                close()

    assert found == []


def test_methods_that_a_view_does_not_have_are_refused_to_everybody_alike(callers):
    found = {}
    for address in (
        "/",
        "/livez",
        "/readyz",
        "/problems/not-found",
        "/api/openapi.json",
        "/api/docs",
        "/api/v1/people",
    ):
        for method in ("FOO", "OPTIONS", "TRACE", "DELETE"):
            answers = [
                client.generic(method, address) for client in [*callers, signed_in("viewer"), signed_in("officer")]
            ]
            found[method, address] = {(answer.status_code, answer.get("Allow")) for answer in answers}

    assert {
        key: value for key, value in found.items() if {status for status, _ in value} != {405} or len(value) != 1
    } == {}


@pytest.mark.parametrize(
    ("marking", "told"),
    [("public", "private, no-cache"), ("internal", "private, no-cache"), ("restricted", "no-store")],
)
def test_what_is_restricted_is_kept_nowhere(marking, told):
    officer = signed_in("officer")
    made = engagement(by=officer.user.as_actor(), marking=marking)

    for address in (f"engagements/{made.pk}", "engagements", f"engagements/{made.pk}/links"):
        answer = officer.see(address)
        expected = "no-store" if address.endswith("links") else told
        assert (address, answer.status_code, answer["Cache-Control"]) == (address, 200, expected)


def test_staff_are_told_what_is_left_of_their_rate_before_it_is_used_up():
    officer = signed_in("officer")

    first, second = (officer.see("engagements?limit=1") for _ in range(2))

    assert re.fullmatch(r'"actor";q=\d+;w=60', first["RateLimit-Policy"])
    left = [int(re.fullmatch(r'"actor";r=(\d+);t=\d+', answer["RateLimit"])[1]) for answer in (first, second)]
    assert left[0] > left[1] > 0


def test_pages_of_the_admin_have_no_script_of_their_own(callers):
    client = callers[1]
    pages = [client.get(route.address) for route in routes() if route.pattern.startswith("/admin/")]

    inline = re.compile(rb'(?i)<script(?![^>]*(src=|type="application/json"))[^>]*>|<[a-z][^>]*\son[a-z]+=')
    assert len(pages) > 100
    assert [page.request["PATH_INFO"] for page in pages if inline.search(getattr(page, "content", b""))] == []


def test_pages_of_signing_in_and_out_need_neither_scripts_nor_styles_of_their_own():
    for page in (Client().get("/admin/login/"), signed_in("officer").post("/admin/logout/")):
        assert page.status_code == 200
        assert b"<script" not in page.content
        assert not re.search(rb"<style|\sstyle=|\sx-|\s[@:][a-z]", page.content)
        assert "'unsafe" not in page["Content-Security-Policy"]


def test_colors_of_the_frame_are_those_of_the_theme():
    colors = admin.site._get_colors("COLORS", RequestFactory().get("/"))
    written = (ROOT / "sgoffice/admin/static/office_admin/colors.css").read_text()

    expected = {
        f"--color-{name}-{weight}: {value};" for name, weights in colors.items() for weight, value in weights.items()
    }
    assert {line.strip() for line in written.splitlines() if "--color" in line} == expected


def test_policies_differ_only_where_they_must():
    assert "unsafe" not in NOTHING
    assert re.findall(r"'unsafe-\w+'", ADMIN) == ["'unsafe-eval'", "'unsafe-inline'"]
    assert "script-src 'self' 'unsafe-eval';" in ADMIN
