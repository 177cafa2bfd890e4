"""Who reads what is restricted, exports or is refused leaves a row of the trace, before the answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.records import sightings
from sgoffice.records.models import Entry, TraceItem
from tests.factories import agreements as agreed
from tests.factories import directory, partners
from tests.factories import engagements as make
from tests.factories.accounts import Register, signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden():
    return make.engagement(marking="restricted", title="ZQX secret talk")


def rows():
    return [(item.act, item.door, item.actor, item.method, item.status) for item in TraceItem.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/api/v1/engagements/{id}", "api"),
        ("/api/v1/engagements", "api"),
        ("/api/v1/search?q=zqx", "api"),
        ("/api/v1/engagements/{id}/history", "api"),
        ("/api/v1/engagements/{id}/links", "api"),
        ("/admin/engagements/engagement/", "admin"),
        ("/admin/engagements/engagement/{id}/change/", "admin"),
    ],
)
def test_reading_a_restricted_record_leaves_one_row_that_names_it(hidden, path, door):
    chief = signed_in("approver")

    answer = chief.get(path.format(id=hidden.pk))

    item = TraceItem.objects.get()
    assert answer.status_code == 200
    assert (item.act, item.door, item.actor) == ("read", door, f"staff:{chief.user.pk}")
    assert (item.entries, item.path) == ([hidden.pk], path.format(id=hidden.pk).partition("?")[0])
    assert "zqx" not in str(vars(item)).lower()


def test_head_and_a_change_are_reads_too(hidden):
    chief = signed_in("approver")

    chief.head(f"/api/v1/engagements/{hidden.pk}")
    chief.correct(f"engagements/{hidden.pk}", {"venue": "x"}, **{"If-Match": '"1"'})

    assert [row[3] for row in rows()] == ["HEAD", "PATCH"]


@pytest.fixture
def meeting():
    """The body of a meeting that may be the restricted one."""
    directory.country("FR")
    minister = directory.person("Zoran ZQX")
    people = (make.theirs(person=minister, country="FR"),)
    known = make.engagement(
        marking="restricted", title="ZQX duplicate", city="Paris", country="FR", participants=people
    )
    return known, {
        "title": "Talk", "kind": "bilateral_meeting", "status": "held", "held": known.held, "city": "Paris",
        "country": "FR", "participants": [{"person": str(minister.pk), "side": "theirs"}],
    }  # fmt: skip


def test_a_refusal_that_names_a_restricted_record_is_a_read(meeting):
    known, body = meeting
    chief = signed_in("approver")

    answer = chief.enter("engagements", body)

    assert (answer.status_code, known.reference in answer.content.decode()) == (409, True)
    assert rows() == [("read", "api", f"staff:{chief.user.pk}", "POST", 409)]
    assert TraceItem.objects.get().entries == [known.pk]


def test_a_form_that_is_refused_with_a_restricted_record_is_a_read(meeting):
    known, _ = meeting
    chief = signed_in("approver")
    given = {"who-0": "Zoran ZQX, France", "day": known.held, "kind": "bilateral_meeting", "city": "Paris"}

    answer = chief.post("/desk/log", sent_by(chief.get("/desk/log"), **given, country="France"))

    assert known.reference in answer.content.decode()
    assert [item.entries for item in TraceItem.objects.filter(method="POST")] == [[known.pk]]


def test_a_refused_step_on_a_restricted_sheet_is_a_read():
    known = make.planned(marking="restricted", held="2999-03-01")
    chief = signed_in("approver")

    answer = chief.post(f"/desk/engagements/{known.reference}/answer", {"step": "hold", "version": "1"})

    assert answer.status_code == 422
    assert [item.entries for item in TraceItem.objects.all()] == [[known.pk]]


@pytest.mark.parametrize(
    "path",
    ["/api/v1/engagements/{id}/links", "/desk/engagements/{reference}", "/admin/engagements/engagement/{id}/change/"],
)
def test_a_link_to_a_restricted_record_is_a_read_of_it(path):
    visit = make.planned(title="Visit", kind="visit")
    hidden = make.engagement(marking="restricted", title="ZQX part", part_of=visit.pk)
    chief = signed_in("approver")

    answer = chief.get(path.format(id=visit.pk, reference=visit.reference))

    assert answer.status_code == 200
    shown = hidden.reference in answer.content.decode() or "ZQX" in answer.content.decode()
    assert [item.entries for item in TraceItem.objects.all()] == ([[hidden.pk]] if shown else [])
    assert shown or "admin" in path


def test_a_sheet_that_names_a_restricted_agreement_is_a_read_of_it():
    hidden = agreed.agreement(marking="restricted")
    meeting = make.planned(under=(hidden.pk,))
    chief = signed_in("approver")

    answer = chief.get(f"/desk/engagements/{meeting.reference}")

    assert "Agreement" in answer.content.decode()
    assert [item.entries for item in TraceItem.objects.all()] == [[hidden.pk]]


def test_an_identity_row_that_is_loaded_is_seen(hidden):
    with sightings.collected() as seen:
        Entry.objects.get(pk=hidden.pk)

    assert seen == {hidden.pk}


def test_a_preview_of_a_merge_names_the_restricted_records_that_it_counts():
    one, other = directory.person("Ana ZQX"), directory.person("Anna ZQX")
    hidden = make.engagement(marking="restricted", participants=(make.theirs(person=other),))
    chief = signed_in("approver")

    answer = chief.see(f"people/{one.pk}/merge-preview?other={other.pk}")

    assert (answer.status_code, answer.json()["references"]) == (200, {"engagement": 1})
    assert [item.entries for item in TraceItem.objects.all()] == [[hidden.pk]]


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("deadlines?within=3660", "application/json"),
        ("counterparts/country/FR/brief", "application/json"),
        ("counterparts/country/FR/brief", "text/html"),
        ("action-items", "application/json"),
        ("engagements/{id}/open-items", "application/json"),
    ],
)
def test_what_reads_across_kinds_names_what_is_restricted(path, accept):
    directory.country("FR")
    people = (make.group("ZQX officials", country="FR", side="theirs"),)
    hidden = make.engagement(marking="restricted", title="ZQX secret talk", participants=people)
    due = timezone.localdate() + timedelta(days=3)
    make.action_item(hidden, text="ZQX send it", due_on=due, marking="restricted")
    later = make.planned(participants=(make.group("officials", country="FR", side="theirs"),))
    chief = signed_in("approver")

    answer = chief.see(path.format(id=later.pk), Accept=accept)

    assert (answer.status_code, b"ZQX" in answer.content) == (200, True)
    assert TraceItem.objects.get().entries != []


def test_calendar_is_an_export_and_its_secret_is_nowhere(client):
    officer = signed_in("officer").user
    secret = services.issue_calendar_link(officer, name="phone", at=timezone.now())

    assert client.get(f"/calendars/{secret}.ics").status_code == 200

    item = TraceItem.objects.get()
    assert (item.act, item.door, item.actor) == ("export", "calendar", f"staff:{officer.pk}")
    assert secret not in item.path


def test_what_is_not_restricted_leaves_no_row():
    make.engagement()
    anna = signed_in("officer")

    anna.see("engagements")
    anna.get("/admin/engagements/engagement/")

    assert rows() == []


@pytest.mark.parametrize("which", ["hidden", "unknown"])
def test_refusals_of_people_leave_the_same_row_whether_or_not_there_is_such_a_record(hidden, which):
    viewer = signed_in("viewer")
    key = hidden.pk if which == "hidden" else "01900000-0000-7000-8000-000000000009"

    assert viewer.see(f"engagements/{key}").status_code == 404
    assert viewer.enter("topics", {"name": "x"}).status_code == 403

    assert rows() == [("refuse", "api", f"staff:{viewer.user.pk}", *more) for more in (("GET", 404), ("POST", 403))]
    assert TraceItem.objects.first().entries == []


def test_wrong_credential_leaves_a_row_and_none_at_all_leaves_none(client):
    client.get("/api/v1/engagements")
    client.get("/api/v1/engagements", headers={"Authorization": "Bearer sgo_guess"})

    assert rows() == [("refuse", "api", "", "GET", 401)]


@pytest.mark.parametrize("path", ["/api/openapi.json", "/api/partner/openapi.json", "/api/openapi.json?format=yaml"])
@pytest.mark.parametrize("accept", ["application/json", "application/yaml", "*/*"])
def test_reading_the_documents_of_the_api_leaves_no_row(client, path, accept):
    assert client.get(path, headers={"Accept": accept}).status_code == 200
    assert signed_in("viewer").get(path, headers={"Accept": accept}).status_code == 200

    assert rows() == []


def test_pull_of_a_partner_is_an_export(hidden):
    puller = partners.Puller(partners.partner())

    assert b"".join(puller.see("snapshot").streaming_content)

    assert ("export", "exchange", f"partner:{puller.partner.pk}", "GET", 200) in rows()


class TestAuditor:
    @pytest.fixture
    def auditor(self, hidden) -> Register:
        signed_in("approver").see(f"engagements/{hidden.pk}")
        return signed_in("auditor")

    def test_sees_who_read_what_and_nothing_of_what_it_says(self, auditor, hidden):
        [item] = auditor.see("trace?act=read").json()["results"]

        assert item["records"] == [{"id": str(hidden.pk), "kind": "engagement", "reference": hidden.reference}]
        assert b"ZQX" not in auditor.see("trace").content

    def test_sees_changes_by_the_names_of_members(self, auditor, hidden):
        found = auditor.see(f"trace/changes?record={hidden.pk}")

        item = found.json()["results"][-1]
        assert item["record"]["reference"] == hidden.reference
        assert {"title", "marking"} <= set(item["members"])
        assert b"ZQX" not in found.content

    def test_exports_and_the_export_is_in_the_trace(self, auditor):
        file = auditor.see("trace?format=csv&door=api")

        assert file["Content-Type"].startswith("text/csv")
        assert file.content.decode().splitlines()[0].startswith("id,at,act,door,actor")
        assert TraceItem.objects.latest("pk").act == "export"

    @pytest.mark.parametrize("wrong", ["act=x", "record=x", "from=2026-01-01", "limit=0", "nothing=1", "door=kitchen"])
    def test_is_told_of_a_wrong_parameter(self, auditor, wrong):
        answer = auditor.see(f"trace?{wrong}")

        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid")

    def test_sees_it_in_the_admin_and_others_do_not(self, auditor, hidden):
        page = auditor.get("/admin/records/traceitem/").content.decode()

        assert hidden.reference in page
        assert "ZQX" not in page
        assert signed_in("administrator").get("/admin/records/traceitem/").status_code == 403
        assert signed_in("administrator").see("trace").status_code == 403
