"""Partners in the admin: credentials are shown once, proposals wait for a second person, the page tells the lag."""

import json
import re

import pytest

from sgoffice.approvals.models import Approval
from sgoffice.feed import queries
from sgoffice.partners.models import Partner, PartnerSecret, Release
from tests.factories import directory
from tests.factories import partners as make
from tests.factories.accounts import Register, signed_in
from tests.factories.agreements import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner()


def credentials(partner):
    return f"/admin/partners/partner/{partner.pk}/credentials/"


def step(client: Register, address, **values):
    page = client.get(address).content.decode()
    version = re.search(r'name="version_seen" value="([^"]*)"', page)
    assert version, page[:500]
    return client.post(address, {"version_seen": version[1], **values})


def test_secret_is_shown_once_and_revoked_on_its_page(partner):
    administrator = signed_in("administrator")

    shown = administrator.post(credentials(partner), {"issue": "1"}).content.decode()
    assert re.search(r"client_secret=sgs_[\w-]{43}", shown)
    again = administrator.get(credentials(partner)).content.decode()
    assert "client_secret" not in again

    secret = PartnerSecret.objects.get(partner=partner)
    administrator.post(credentials(partner), {"revoke": str(secret.pk)})
    secret.refresh_from_db()
    assert secret.revoked_at is not None


def test_third_secret_is_refused_with_what_to_do(partner):
    administrator = signed_in("administrator")
    for _ in range(2):
        administrator.post(credentials(partner), {"issue": "1"})

    assert "has two secrets" in administrator.post(credentials(partner), {"issue": "1"}).content.decode()


def test_only_administrators_see_credentials(partner):
    assert signed_in("approver").get(credentials(partner)).status_code == 403


def test_partner_is_registered_by_the_form():
    administrator = signed_in("administrator")
    body = directory.organization("Harbour Police")
    values = {"name": "Harbour Police", "slug": "harbour-police", "organization": str(body.pk), "kinds": "agreement"}

    answer = administrator.post("/admin/partners/partner/add/", values | {"is_active": "on"})

    assert answer.status_code == 302, re.findall(r'class="[^"]*error[^"]*"[^>]*>([^<]+)', answer.content.decode())
    assert Partner.objects.get(slug="harbour-police").kinds == ["agreement"]


def test_page_of_a_partner_tells_what_it_has(partner, settle):
    agreement(marking="public")
    settle()

    page = signed_in("viewer").get(f"/admin/partners/partner/{partner.pk}/change/").content.decode()

    assert "1 × agreement" in page
    assert "1 records behind" in page


def test_office_sees_what_the_partner_sees_and_as_it_gets_it(partner, settle):
    shown, hidden = agreement(marking="public", title="Shown"), agreement(title="Not for them")
    settle()
    viewer, page = signed_in("viewer"), f"/admin/partners/partner/{partner.pk}/records/"

    listed = viewer.get(page).content.decode()
    one = viewer.get(page, {"record": str(shown.pk)})
    bytes_of_it = make.Puller(partner).see(f"records/{shown.pk}").json()

    assert shown.reference in listed
    assert hidden.reference not in listed
    assert json.loads(one.context["shown"]) == bytes_of_it
    assert viewer.get(page, {"record": str(hidden.pk)}).status_code == 404
    assert viewer.get(page, {"record": "x"}).status_code == 404


def test_records_are_proposed_by_one_and_approved_by_another(partner):
    record = agreement()
    officer, approver = signed_in("officer"), signed_in("approver")
    page = f"/admin/partners/partner/{partner.pk}/step/propose-records/"

    assert step(officer, page, references=record.reference).status_code == 302
    release = Release.objects.get(partner=partner)
    waiting = Approval.objects.pending().get(subject=release.pk)
    assert step(approver, f"/admin/approvals/approval/{waiting.pk}/step/approve/").status_code == 302

    assert queries.granted_entries(partner.pk) == [record.pk]
    assert step(officer, f"/admin/partners/release/{release.pk}/step/withdraw/", reason="Too early").status_code == 302
    assert queries.granted_entries(partner.pk) == []


def test_standing_rule_is_proposed_with_a_preview(partner):
    officer = signed_in("officer")
    page = f"/admin/partners/partner/{partner.pk}/step/propose-rule/"

    assert step(officer, page, kind="agreement").status_code == 302
    release = Release.objects.get(partner=partner)

    shown = officer.get(f"/admin/partners/release/{release.pk}/change/").content.decode()
    assert "no records" in shown


def test_unknown_reference_is_refused_on_the_form(partner):
    page = f"/admin/partners/partner/{partner.pk}/step/propose-records/"

    answer = step(signed_in("officer"), page, references="AGR-2020-XXXXXX")

    assert "There is no AGR-2020-XXXXXX" in answer.content.decode()
