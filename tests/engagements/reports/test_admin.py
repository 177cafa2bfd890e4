"""The first page of the admin: what has to be done next, under the reader's own rights."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.records.models import Verification
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def item(days, **values):
    meeting = make.engagement(**values)
    return make.action_item(meeting, text=f"In {days}", due_on=timezone.localdate() + timedelta(days=days), **values)


def test_the_first_page_shows_the_nearest_deadlines_and_leads_to_their_records():
    near, late = item(3), item(-2)
    item(200)

    page = signed_in("viewer").get("/admin/").content.decode()

    assert page.index("2 days overdue") < page.index("In -2") < page.index("3 days") < page.index("In 3")
    assert "In 200" not in page
    for record in (near, late):
        assert f'href="/admin/engagements/actionitem/{record.pk}/change/"' in page
    assert "Engagements" in page


def test_it_hides_what_the_reader_may_not_see():
    item(3, marking="restricted")

    assert "In 3" in signed_in("approver").get("/admin/").content.decode()
    assert "In 3" not in signed_in("viewer").get("/admin/").content.decode()


def test_many_are_counted_and_hostile_words_stay_words():
    for _ in range(16):
        item(3)
    make.action_item(make.engagement(), text="<script>alert(1)</script>", due_on=timezone.localdate())

    page = signed_in("viewer").get("/admin/").content.decode()

    assert "2 more" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(("role", "is_told"), [("administrator", True), ("auditor", True), ("approver", False)])
def test_those_whose_work_it_is_see_what_verification_found(role, is_told):
    fault = {"place": "directory_person 1", "detail": "row differs from its history"}
    Verification.objects.create(position=7, fault_count=1, faults=[fault])

    page = signed_in(role).get("/admin/").content.decode()

    assert ("row differs from its history" in page) is is_told


@pytest.mark.parametrize("role", ["viewer", "auditor"])
def test_everybody_reads_for_a_month_whom_the_operator_of_the_server_named(role):
    services.name_first_staff("amina", ["bo"], at=timezone.now())
    reader = signed_in(role)

    named = reader.get("/admin/").content.decode()

    assert all(name in named for name in ("Named on the server", "amina", "bo"))
    assert services.named_on_the_server(since=timezone.now() + timedelta(minutes=1)) == []
