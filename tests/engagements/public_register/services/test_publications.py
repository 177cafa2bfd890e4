"""Two people publish a period as it was when it was proposed; nothing else is shown, and what leaves says only so."""

import json
from datetime import date

import pytest
from django.db import transaction

from engagements import services as log
from engagements.models import Engagement
from engagements.public_register import services
from engagements.reports.services.figures import Period
from sgoffice.changes import corrections
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation
from tests.engagements.public_register.publishing import TODAY, propose, publish, site
from tests.factories import approvals, directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
YEAR = ("2024-01-01", "2024-12-31")


def correct(engagement, **values):
    patch = Correction(log.EngagementEntry, values)
    log.correct_engagement(engagement.pk, patch, by=OFFICE, at=make.NOW, expected=ANY_VERSION)


def references(files):
    return {one["reference"] for one in json.loads(files["register.json"])["entries"]}


def test_only_what_is_held_and_public_is_read_and_each_organization_has_a_row():
    directory.country("FR", "France")
    police, court = directory.organization("Harbour police"), directory.organization("The Court")
    public = make.engagement(
        title="Stolen boats", held="2024-05-15", marking="public", city="Brest", country="FR",
        participants=(
            make.theirs(person=directory.person("Ana"), organization=police, title="Chief"),
            make.theirs(person=directory.person("Bo"), organization=court, title="Clerk"),
            make.theirs(person=directory.person("Cy"), organization=police),
            make.theirs(person=directory.person("Ill"), country="FR", attendance="absent"),
        ),
    )  # fmt: skip
    hidden = [
        make.engagement(title="CANARY internal"), make.engagement(title="CANARY restricted", marking="restricted"),
        make.engagement(title="CANARY of the year before", marking="public", held="2023-12-31"),
        make.engagement(title="CANARY not held", marking="public", status="not_held", status_reason="CANARY"),
    ]  # fmt: skip

    draft = services.draft_of(Period(date(2024, 1, 1), date(2024, 12, 31)))

    [line] = draft.lines
    assert (line.reference, line.days, line.place, draft.is_nil) == (
        public.reference,
        "15 May 2024",
        "Brest, France",
        False,
    )
    assert [(one.name, one.people) for one in line.counterparts] == [
        ("Harbour police", ("Ana, Chief", "Cy")), ("The Court", ("Bo, Clerk",)),
    ]  # fmt: skip
    assert "CANARY" not in repr(draft), hidden
    assert services.draft_of(Period(date(2020, 1, 1), date(2020, 12, 31))).is_nil


def test_two_people_publish_and_what_changed_meanwhile_is_not_published(chief, officer):
    engagement = make.engagement(title="Stolen boats", marking="public")
    second = approvals.member("approver")
    waiting = propose(*YEAR, by=officer)

    assert references(site()) == set()
    for person, refusal in ((chief, "proposed-already"), (approvals.member("viewer"), None)):
        with pytest.raises(RuleViolation if refusal else NotPermitted):
            propose(*YEAR, by=person)
    for wrong in (("2024-12-31", "2024-01-01"), ("2024-01-01", TODAY.isoformat())):
        with pytest.raises(InvalidEntry):
            propose(*wrong, by=officer)
    correct(engagement, title="Stolen ships")
    with pytest.raises(RuleViolation) as stale, transaction.atomic():
        approvals.approve(waiting, by=chief)
    assert stale.value.rule == "proposal-is-stale"
    approvals.withdraw(waiting, by=officer)
    own = propose(*YEAR, by=chief)
    with pytest.raises(RuleViolation) as alone, transaction.atomic():
        approvals.approve(own, by=chief)
    assert (alone.value.rule, references(site())) == ("second-person", set())
    approvals.approve(own, by=second)
    assert references(site()) == {engagement.reference}
    assert waiting.content["engagements"] == 1


def test_withdrawn_entries_leave_a_line_that_says_so_and_nothing_of_their_content(chief):
    city = {"city": "ZQXVILLE", "marking": "public"}
    raised, wrong, moved, changed, kept = (
        make.engagement(title=f"ZQX {name}", held=f"2024-05-1{place}", **city)
        for place, name in enumerate(("raised", "wrong", "moved", "changed", "kept"))
    )
    publish(*YEAR, by=chief)
    assert references(site()) == {one.reference for one in (raised, wrong, moved, changed, kept)}

    correct(raised, marking="restricted")
    corrections.enter_in_error(Engagement, wrong.pk, by=OFFICE, expected=ANY_VERSION, reason="twice")
    correct(moved, held="2023-05-15")
    correct(changed, title="ZQX NOT AGREED ON")
    late = make.engagement(title="ZQX late", marking="public", held="2024-06-01")
    files = site()

    told = json.loads(files["register.json"])["withdrawn"]
    assert {one["reference"]: one["is_changing"] for one in told} == {
        raised.reference: False, wrong.reference: False, moved.reference: True, changed.reference: True,
    }  # fmt: skip
    assert references(files) == {kept.reference}, late
    for word in ("ZQX raised", "ZQX wrong", "ZQX moved", "ZQX changed", "NOT AGREED", "ZQX late"):
        assert not [path for path, text in files.items() if word in text], word
    assert all(one.reference in files["withdrawn.html"] for one in (raised, wrong, moved, changed))
    publish(*YEAR, by=chief)
    files = site()
    assert references(files) == {kept.reference, changed.reference, late.reference}
    assert all(one.reference in files["withdrawn.html"] for one in (raised, wrong, moved))


def test_a_period_without_anything_is_published_as_a_nil_return(chief):
    publish("2019-01-01", "2019-03-31", by=chief)

    files = site()

    assert "1 January – 31 March 2019: nil return, nothing to report." in files["index.html"]
    assert json.loads(files["register.json"])["periods"][0]["entries"] == 0
