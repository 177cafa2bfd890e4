"""Every page of the admin over the shipped facts: it opens, in few queries, for those who may see it."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagements.agreements.models import Agreement
from engagements.models import Engagement
from sgoffice import history
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.approvals.admin import ApprovalAdmin
from sgoffice.directory.models import Organization, Person
from sgoffice.directory.services import AffiliationEntry, MembershipEntry, record_affiliation, record_membership
from sgoffice.partners.models import Partner
from sgoffice.records.actors import OFFICE, Permission
from tests.factories import agreements as agreed
from tests.factories import appointments, approvals, directory, engagements, partners
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
ADMINS = [one for one in admin.site._registry.values() if isinstance(one, RecordAdmin)]
NAMES = [one.opts.label for one in ADMINS]
CORRECTED = [one for one in ADMINS if one.correct]
#: Session, user, counts of the pages, and one query for each list that a page shows.
MOST_QUERIES = 60
#: What only programs write: ids, instants, codes; and what of a page is no text.
_RAW = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|\d{4}-\d{2}-\d{2}T\d{2}|\b[a-z]+_[a-z_]+\b")
_NO_TEXT = re.compile(r"(?s)<(script|style|template|select)\b.*?</\1>|<span[^>]*material-symbols.*?</span>|<[^>]*>")


def raw_in(page):
    return _RAW.findall(_NO_TEXT.sub(" ", page.content.decode()))


def address(one, page, *args):
    return reverse(f"admin:{one.opts.app_label}_{one.opts.model_name}_{page}", args=args)


def a_membership():
    entry = MembershipEntry(person=Person.objects.first().pk, organization=Organization.objects.first().pk, role="Head")
    return record_membership(entry, by=OFFICE)


def an_affiliation():
    ours, theirs = Organization.objects.order_by("pk")[:2]
    entry = AffiliationEntry(organization=ours.pk, affiliated_with=theirs.pk, role="observer")
    return record_affiliation(entry, by=OFFICE)


#: How to make a record of the kinds of which the shipped facts have none.
MAKE = {
    "directory.Membership": a_membership,
    "directory.Affiliation": an_affiliation,
    "partners.Release": lambda: partners.proposal(Partner.objects.first(), Agreement.objects.first().pk),
    "approvals.Approval": lambda: approvals.pending(MAKE["partners.Release"]().pk),
    "appointments.Mandate": lambda: appointments.mandate(Organization.objects.first()),
    "engagements.Paper": lambda: engagements.paper(Engagement.objects.first()),
    "engagements.Attachment": lambda: engagements.attachment(Engagement.objects.first()),
    "engagements.ActionItem": lambda: engagements.action_item(Engagement.objects.first()),
}


def one_of(one):
    """Return a record of the kind: the first of the facts, or one made for it."""
    return one.model._default_manager.order_by("pk").first() or MAKE[one.opts.label]()


@pytest.fixture(scope="module")
def approver(loaded_register):
    return signed_in("approver")


@pytest.fixture(scope="module")
def reader(loaded_register):
    return signed_in("auditor")


@pytest.mark.parametrize("one", ADMINS, ids=NAMES)
def test_a_list_opens_and_is_searched(one, approver):
    listed = approver.get(address(one, "changelist"))
    found = approver.get(address(one, "changelist"), {"q": "interpol general"})

    assert (listed.status_code, found.status_code) == (200, 200)


@pytest.fixture
def writer(one, loaded_register):
    """Somebody who may write records of the kind."""
    return signed_in("administrator" if one.writes_with == Permission.ADMINISTER else "approver")


@pytest.mark.parametrize("one", ADMINS, ids=NAMES)
def test_a_page_to_enter_a_record_opens_if_it_is_entered_there(one, writer):
    assert writer.get(address(one, "add")).status_code == (200 if one.enter else 403)


@pytest.mark.parametrize("one", ADMINS, ids=NAMES)
def test_a_record_and_its_history_open_in_few_queries(one, approver):
    record = one_of(one)

    with CaptureQueriesContext(connection) as seen:
        page = approver.get(address(one, "change", record.pk))
    history = approver.get(address(one, "history", record.pk))

    assert (page.status_code, history.status_code) == (200, 200)
    assert len(seen) < MOST_QUERIES
    assert "Load Facts" not in history.content.decode()
    assert raw_in(history) == []


@pytest.mark.parametrize("one", [one for one in ADMINS if not isinstance(one, ApprovalAdmin)], ids=str)
def test_who_only_reads_reads_words(one, reader):
    page = reader.get(address(one, "change", one_of(one).pk))

    assert page.status_code == 200
    assert raw_in(page) == []


def test_a_history_names_what_the_reader_may_see(approver):
    who = directory.person("Jana Bílá")
    made = engagements.engagement(kind="courtesy_call", participants=(engagements.theirs(person=who),))

    page = approver.get(reverse("admin:engagements_engagement_history", args=[made.pk])).content.decode()

    assert '<td class="register-after">Jana Bílá</td>' in page
    assert '<td class="register-after">Courtesy call</td>' in page
    assert str(who.pk) not in page


def test_a_history_has_dates_and_parties_in_words_and_says_each_once(approver):
    body = directory.organization("Testland Bureau")
    made = agreed.agreement(agreed.act("signature", "2019-10", party=str(body.pk)), parties=agreed.parties(theirs=body))

    page = approver.get(reverse("admin:agreements_agreement_history", args=[made.pk])).content.decode()

    assert "October 2019" in page
    assert page.count("Testland Bureau") > 1  # the party, and who signed
    assert "not named here" not in page
    assert "2019-10" not in page
    assert "earliest" not in page


def test_steps_that_fit_have_buttons_and_the_others_are_unfolded(approver):
    made = agreed.in_force_since("2020-01-01")

    page = approver.get(reverse("admin:agreements_agreement_change", args=[made.pk])).content.decode()

    shown, _, unfolded = page.partition("More steps")
    steps = {name for name in ("approve", "renew", "suspend", "give-notice") if f"/step/{name}/" in shown}
    assert steps == {"approve", "renew", "suspend", "give-notice"}
    assert "/step/lapse/" not in shown
    assert "/step/lapse/" in unfolded
    assert "/step/enter-in-error/" in unfolded


@pytest.mark.parametrize("one", ADMINS, ids=NAMES)
def test_every_step_that_is_open_has_its_page(one, approver):
    record = one_of(one)
    for step in one.all_steps():
        assert approver.get(address(one, "step", record.pk, step.name)).status_code == 200


@pytest.mark.parametrize("one", ADMINS, ids=NAMES)
def test_nobody_deletes(one, approver):
    record = one_of(one)

    answer = approver.post(address(one, "delete", record.pk), {"post": "yes"})

    assert answer.status_code == 403
    assert one.model._default_manager.filter(pk=record.pk).exists()


def test_a_viewer_reads_and_changes_nothing(loaded_register):
    viewer = signed_in("viewer")
    one = next(one for one in ADMINS if one.opts.label == "engagements.Engagement")
    record = one.model._default_manager.order_by("pk").first()

    page = viewer.get(address(one, "change", record.pk))

    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert viewer.get(address(one, "add")).status_code == 403
    assert viewer.post(address(one, "change", record.pk), {"title": "Mine"}).status_code == 403
    assert viewer.get(address(one, "step", record.pk, "enter-in-error")).status_code == 403


def test_the_index_opens_for_everybody_of_the_staff(loaded_register):
    for role in ("viewer", "officer", "approver", "administrator", "auditor"):
        assert signed_in(role).get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("one", CORRECTED, ids=[one.opts.label for one in CORRECTED])
def test_a_form_that_is_saved_as_it_was_changes_nothing(one, writer):
    """Of the shipped facts, which have every oddity: imprecise dates, deviations, several capacities."""
    one_of(one)
    for record in one.model._default_manager.order_by("pk")[:3]:
        before = history.head()
        page = address(one, "change", record.pk)

        answer = writer.post(page, sent_by(writer.get(page)))

        assert answer.status_code == 302, (record, answer.context["errors"])
        assert history.head() == before


@pytest.mark.parametrize("one", [one for one in ADMINS if not one.correct], ids=str)
def test_what_was_proposed_is_not_changed_by_a_form(one, approver):
    release, before = one_of(one), history.head()

    assert approver.post(address(one, "change", release.pk), {"purpose": "Another one"}).status_code == 403
    assert history.head() == before
