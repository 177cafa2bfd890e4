"""Agreements in the admin: acts with their parties, and the buttons that call the services."""

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements.agreements import services
from engagements.agreements.models import Act, Agreement
from tests.factories import agreements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


def page_of(record, page="change", *args):
    return reverse(f"admin:agreements_agreement_{page}", args=[record.pk, *args])


@pytest.fixture
def officer():
    return signed_in("officer")


def test_a_form_that_is_saved_as_it_was_changes_nothing(officer):
    record = make.agreement(make.act("signature", "2024-05-15"))
    acts = list(Act.objects.order_by("pk").values())

    answer = officer.post(page_of(record), sent_by(officer.get(page_of(record))))

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert list(Act.objects.order_by("pk").values()) == acts


def test_an_agreement_is_terminated_by_its_button_and_its_time_line_says_so(officer):
    record = make.in_force_since()
    address = page_of(record, "step", "terminate")

    answer = officer.post(address, sent_by(officer.get(address), date="2025-06-30", text="By letter"))

    assert answer.status_code == 302, answer.context["form"].errors
    shown = officer.get(page_of(record)).content.decode()
    assert "Terminated" in shown
    assert Act.objects.filter(agreement=record.pk, kind="termination").exists()


def test_a_party_that_is_taken_off_a_bilateral_agreement_is_refused_and_stays(officer):
    record = make.agreement(make.act("signature", "2024-05-15"))
    data = sent_by(officer.get(page_of(record)), **{"parties-1-DELETE": "on"})

    answer = officer.post(page_of(record), data)

    assert answer.status_code == 200
    assert Agreement.objects.get(pk=record.pk).parties.count() == 2


def test_the_page_says_what_to_do_next(officer):
    record = make.in_force_since("2022-06-30", duration="P5Y", tacit_renewal="P5Y", notice_period="P6M")
    due = services.due_about(record, timezone.localdate())

    shown = officer.get(page_of(record)).content.decode()

    assert len(due) == 1
    assert due[0].sentence in shown
    assert due[0].sentence.startswith("Give notice by ")
