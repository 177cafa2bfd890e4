"""The list of deadlines over HTTP: what is in it, for whom, in which order, and that others say the same."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from engagements.agreements.models import Agreement
from engagements.reports import services
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.merging import merge
from sgoffice.records.actors import OFFICE
from tests.engagements.reports.deadlines import (
    FROM_FACTS,
    LIVE,
    ON,
    RENEWED,
    awaiting,
    body,
    listed,
    mandate,
    session,
    told,
)
from tests.factories import agreements as agreed
from tests.factories import appointments as appointed
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


class TestWhich:
    """Order, windows, filters."""

    @pytest.fixture
    def stocked(self):
        france = directory.country()
        bureau = directory.organization("NCB Paris", country="FR", classification="national_central_bureau")
        other = directory.organization("World Customs Organization")
        for theirs, day in ((bureau, "2022-12-01"), (other, "2022-12-02")):
            agreed.in_force_since(day, duration="P4Y", parties=agreed.parties(theirs=theirs), **LIVE)
        french = make.engagement(participants=(make.theirs(country=france.code),), **LIVE)
        of_other = make.engagement(participants=(make.theirs(organization=other),), **LIVE)
        for meeting, day in ((french, date(2026, 11, 20)), (of_other, date(2026, 12, 3))):
            make.action_item(meeting, due_on=day)
            make.engagement(status="requested", reply_by=day, participants=self.theirs(meeting, france, other), **LIVE)
        return france, bureau, other

    def theirs(self, meeting, france, other):
        is_french = meeting.capacities.filter(country="FR").exists()
        return (make.theirs(country=france.code) if is_french else make.theirs(organization=other),)

    def test_soonest_first_and_what_is_overdue_before_all(self, viewer, stocked):
        found = listed(viewer)

        assert [(one["kind"], one["days_left"], one["is_overdue"]) for one in found["results"]] == [
            ("reply", -5, True), ("action_item", -5, True), ("expiry", 6, False), ("expiry", 7, False),
            ("reply", 8, False), ("action_item", 8, False),
        ]  # fmt: skip
        assert (found["count"], found["on"], found["until"]) == (6, ON, "2027-02-23")

    def test_overdue_alone_or_left_out(self, viewer, stocked):
        assert {left for _, _, left in told(viewer, overdue="true")} == {-5}
        assert {left for _, _, left in told(viewer, overdue="false")} == {6, 7, 8}

    def test_kinds_repeated_or_with_commas(self, viewer, stocked):
        assert {kind for kind, _, _ in told(viewer, kind="expiry,reply")} == {"expiry", "reply"}
        assert told(viewer, kind=["expiry", "reply"]) == told(viewer, kind="expiry,reply")
        assert told(viewer, kind="mandate") == []

    def test_with_a_country_and_with_an_organization(self, viewer, stocked):
        _, bureau, other = stocked

        assert [left for _, _, left in told(viewer, country="fr")] == [-5, -5, 6]
        assert [left for _, _, left in told(viewer, organization=other.pk)] == [7, 8, 8]
        assert [left for _, _, left in told(viewer, organization=bureau.pk)] == [6]
        assert told(viewer, organization=uuid4()) == []

    def test_an_organization_that_was_merged_is_found_by_either_id(self, viewer, stocked):
        _, _, other = stocked
        double = directory.organization("World Customs Organisation")
        merge(type(other), other.pk, other=double.pk, reason="the same", **FROM_FACTS)

        assert told(viewer, organization=double.pk) == told(viewer, organization=other.pk) != []
        assert told(viewer, organization=other.name) == told(viewer, organization=other.pk)

    @pytest.mark.parametrize(
        "query",
        [
            "within=-1", "within=3661", "within=ten", "within=1.5", "within=", "on=2024", "on=2024-02-30", "kind=",
            "kind=party", "country=!", "organization=7", "overdue=yes", "day=2024-01-01", "on=2024-01-01&on=2024-01-02",
            "within=%D9%A3",
        ],
    )  # fmt: skip
    def test_what_means_nothing_is_a_400_that_names_the_parameter(self, viewer, query):
        answer = viewer.see(f"deadlines?{query}")

        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["errors"][0]["pointer"] == f"/{query.partition('=')[0]}"

    def test_the_ends_of_the_calendar_are_days_too(self, viewer, stocked):
        assert told(viewer, on="9999-12-31", within=3660, kind="expiry") == []
        assert told(viewer, on="0001-01-01", within=0) == []
        assert listed(viewer, on="9999-12-31", within=3660)["until"] == "9999-12-31"

    def test_nobody_is_told_anything_without_signing_in_and_an_unchanged_list_is_304(self, client, viewer, stocked):
        assert client.get("/api/v1/deadlines").status_code == 401
        first = viewer.see(f"deadlines?on={ON}")
        assert viewer.see(f"deadlines?on={ON}", **{"If-None-Match": first["ETag"]}).status_code == 304

    def test_a_long_list_says_how_many_there_are(self, stocked):
        found = services.deadlines_ahead(services.DeadlineFilter(date.fromisoformat(ON)), by=OFFICE, most=2)

        assert (len(found.results), found.count) == (2, 6)
        assert [one.days_left for one in found.results] == [-5, -5]


class TestHidden:
    """What the reader may not see is absent and counts nowhere."""

    @pytest.fixture
    def hidden(self):
        closed = {"marking": "restricted"}
        assembly = body()
        meeting = make.engagement(title="Hidden meeting", participants=(make.theirs(),), **closed)
        made = [
            agreed.in_force_since("2022-12-01", title="Hidden", duration="P4Y", **closed),
            awaiting(assembly, title="Hidden too", **closed),
            make.action_item(meeting, text="Hidden promise", due_on=date(2026, 12, 1), **closed),
            make.engagement(title="Hidden ask", status="requested", reply_by=date(2026, 12, 1), **closed),
            mandate(assembly, text="Hidden mandate", due_on=date(2026, 12, 1), **closed),
            appointed.appointment("Hidden Holder", start="2021-12-01", appointed="2021-11-01", **closed),
        ]
        session(assembly, "2026-12-10", number=94, **closed)
        return made

    def test_from_a_viewer(self, viewer, hidden):
        found = listed(viewer)

        assert (found["results"], found["count"], found["marking"]) == ([], 0, "public")

    def test_not_from_an_approver_whose_list_is_marked_by_it(self, hidden):
        found = listed(signed_in("approver"))

        assert sorted(one["record"]["id"] for one in found["results"]) == sorted(str(one.pk) for one in hidden)
        assert found["marking"] == "restricted"

    def test_a_session_that_is_hidden_is_not_named(self, viewer):
        assembly = body()
        awaiting(assembly)
        session(assembly, "2026-12-10", marking="restricted")

        [line] = listed(viewer)["results"]

        assert (line["day"], line["session"], "94" in line["sentence"]) == (None, None, False)

    def test_what_was_entered_in_error_is_absent(self, hidden):
        approver = signed_in("approver")
        for record in hidden:
            enter_in_error(type(record), record.pk, reason="a test", **FROM_FACTS)

        assert listed(approver)["results"] == []

    def test_what_was_merged_into_another_is_told_once(self, viewer):
        first, second = (agreed.in_force_since("2022-12-01", duration="P4Y", **LIVE) for _ in range(2))
        assert len(told(viewer)) == 2

        merge(Agreement, first.pk, other=second.pk, reason="the same", **FROM_FACTS)

        assert [one["record"]["id"] for one in listed(viewer)["results"]] == [str(first.pk)]


class TestAgreement:
    """Others say the same of an agreement as the list does."""

    @pytest.mark.parametrize("on", ["2023-01-01", "2026-12-30", "2026-12-31", "2031-12-31", "2045-05-05"])
    @pytest.mark.parametrize("values", [RENEWED, {"duration": "P9Y"}, {}], ids=["renewed", "ends", "for good"])
    def test_the_brief_and_the_status_agree_with_the_list(self, viewer, on, values):
        theirs = directory.organization("World Customs Organization")
        made = agreed.in_force_since("2022-06-30", parties=agreed.parties(theirs=theirs), **values, **LIVE)

        lines = [(one["kind"], one["day"], one["sentence"]) for one in listed(viewer, on, within=3660)["results"]]
        brief = viewer.get(f"/api/v1/counterparts/organization/{theirs.pk}/brief", {"on": on}).json()
        status = viewer.get(f"/api/v1/agreements/{made.pk}/status", {"on": on}).json()

        nearest = brief["nearest_deadline"]
        assert ([(nearest["kind"], nearest["on"], nearest["sentence"])] if nearest else []) == lines
        assert [(one["kind"], one["day"], one["sentence"]) for one in status["deadlines"]] == lines
        assert len(lines) == (1 if values == RENEWED or (values and on < "2031") else 0)

    def test_the_document_says_the_same_last_day_for_notice(self, viewer):
        made = agreed.in_force_since("2022-06-30", **RENEWED, **LIVE)
        standing = viewer.see(f"agreements/{made.pk}").json()["standing"]

        [(_, day, _)] = told(viewer, on=standing["changed_on"], within=3660)

        assert day == standing["last_day_for_notice"]


def test_the_list_takes_the_same_queries_for_1_3_and_12_of_each(viewer):
    assembly, counts, made = body(), set(), 0
    session(assembly, "2026-12-10")
    meeting = make.engagement(participants=(make.theirs(country=directory.country().code, title="Minister"),), **LIVE)

    for total in (1, 3, 12):
        while made < total:
            agreed.in_force_since("2022-06-30", **RENEWED, **LIVE)
            awaiting(assembly)
            mandate(assembly, due_on=date(2026, 12, 1))
            make.action_item(meeting, due_on=date(2026, 12, 1))
            make.engagement(
                status="requested", reply_by=date(2026, 12, 1), participants=(make.theirs(country="FR"),), **LIVE
            )
            made += 1
        with CaptureQueriesContext(connection) as captured:
            assert listed(viewer)["count"] == 5 * total
        counts.add(len(captured))

    assert len(counts) == 1


def test_every_day_lies_in_the_window_or_is_overdue_and_what_runs_on_has_one_notice():
    """Any day, any window, over a register with everything in it."""
    assembly = body()
    session(assembly, "2027-03-03")
    meeting = make.engagement(**LIVE)
    running = {agreed.in_force_since(day, **values, **LIVE).pk for day, values in RUNNING_ON}
    for shift in range(0, 4000, 400):
        day = date(2022, 1, 1) + timedelta(days=shift)
        make.action_item(meeting, due_on=day)
        mandate(assembly, due_on=day)
        agreed.in_force_since(day.isoformat(), duration="P3Y", **LIVE)
    awaiting(assembly)

    @given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.integers(0, 3660), st.sampled_from([None, True, False]))
    @settings(max_examples=150, deadline=None)
    def holds(on, within, overdue):
        found = services.deadlines_ahead(services.DeadlineFilter(on, within, overdue=overdue), by=OFFICE).results
        assert all(
            one.day is None or ((one.day < on) is one.is_overdue and one.day <= on + timedelta(days=within))
            for one in found
        )
        assert {one.is_overdue for one in found} <= ({True, False} if overdue is None else {overdue})
        days = [one.day or date.max for one in found]
        assert days == sorted(days)
        far = services.deadlines_ahead(services.DeadlineFilter(on, 3660, frozenset({"notice"})), by=OFFICE).results
        assert sorted(one.record.id for one in far) == sorted(running)

    holds()


RUNNING_ON = (
    ("2000-02-29", RENEWED),
    ("2010-01-31", {"duration": "P1M", "tacit_renewal": "P1M", "notice_period": "P10D"}),
    ("2015-12-31", {"duration": "P2Y", "tacit_renewal": "P1Y", "notice_period": "P90D"}),
    ("2019-05-05", {"expires": "2020-05-05", "tacit_renewal": "P45D", "notice_period": "P3M"}),
)


def test_what_the_clock_has_not_noted_yet_is_told_all_the_same(viewer):
    """The list rests on no turn of the clock: years after the last one it says what the rules say."""
    agreed.in_force_since("2022-06-30", duration="P1Y", tacit_renewal="P1Y", notice_period="P3M", **LIVE)

    assert told(viewer, on="2063-01-15") == [("notice", "2063-03-30", 74)]
