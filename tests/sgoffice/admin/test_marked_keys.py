"""Keys to records with a marking on pages of the admin: what is hidden is not named, not offered and not asked for."""

import pytest
from django.urls import reverse

from sgoffice.records.identifiers import uuid7
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.factories.agreements import in_force_since
from tests.factories.appointments import decision, mandate
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
TITLE = "ZQX secret talk"
OWNED = [
    ("engagements_paper", make.engagement, make.paper),
    ("engagements_attachment", make.engagement, make.attachment),
    ("engagements_actionitem", make.engagement, make.action_item),
    ("engagements_actionitem", in_force_since, make.action_item),
]


def page(name, *args):
    return reverse(f"admin:{name}", args=args)


def owned_by_hidden(make_owner, make_owned, reader):
    owner = make_owner(title=TITLE, marking="restricted")
    return owner, make_owned(owner, marking="restricted", readers=(str(reader.user.pk),))


@pytest.mark.parametrize("role", ["viewer", "officer"])
@pytest.mark.parametrize(("name", "make_owner", "make_owned"), OWNED)
def test_no_page_of_what_belongs_names_a_hidden_owner(role, name, make_owner, make_owned):
    reader = signed_in(role)
    owner, owned = owned_by_hidden(make_owner, make_owned, reader)

    pages = [page(f"{name}_changelist"), page(f"{name}_change", owned.pk), page(f"{name}_history", owned.pk)]
    for address in pages:
        answer = reader.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert owned.reference in text or str(owned.pk) in text
        for secret in (TITLE, owner.reference, str(owner.pk)):
            assert secret not in text, address
    assert TITLE in signed_in("approver").get(pages[0]).content.decode() or make_owner is not make.engagement


@pytest.mark.parametrize("lookup", ["", "__in", "__id__exact", "__gt", "__lt", "__isnull"])
def test_a_parameter_on_a_hidden_owner_finds_nothing(lookup):
    reader = signed_in("viewer")
    owner, owned = owned_by_hidden(make.engagement, make.paper, reader)
    value = {"__isnull": "0", "__gt": str(make.engagement().pk)[:8] + "-0000-7000-8000-000000000000"}
    value = value.get(lookup, str(owner.pk))
    if lookup == "__lt":
        value = str(uuid7())

    shown = reader.get(page("engagements_paper_changelist"), {f"engagement{lookup}": value}).content.decode()

    assert str(owned.pk) not in shown
    assert owned.title not in shown


def test_a_mandate_is_shown_and_saved_without_its_hidden_decision():
    reader = signed_in("officer")
    owed = mandate(readers=(str(reader.user.pk),), text="Report on cargo")
    chief = signed_in("approver")
    title = "ZQX decision"
    address = f"decisions/{owed.decision_id}"
    assert chief.correct(address, {"title": title, "marking": "restricted"}, **{"If-Match": '"1"'}).status_code == 200

    listed = reader.get(page("appointments_mandate_changelist")).content.decode()
    form = reader.get(page("appointments_mandate_change", owed.pk))
    saved = reader.post(
        page("appointments_mandate_change", owed.pk), sent_by(form, responsible_unit="Cargo", reason="x")
    )

    for text in (listed, form.content.decode()):
        assert "Report on cargo" in text or owed.reference in text
        assert title not in text
        assert str(owed.decision_id) not in text
    assert saved.status_code == 302
    owed.refresh_from_db()
    assert (owed.responsible_unit, owed.decision.title) == ("Cargo", title)


def test_a_step_takes_and_names_no_hidden_record():
    officer, item = signed_in("officer"), make.action_item(make.engagement())
    hidden = make.engagement(title=TITLE, marking="restricted")
    address = page("engagements_actionitem_step", item.pk, "carry-forward")

    texts = []
    for key in (hidden.pk, uuid7()):
        answer = officer.post(address, sent_by(officer.get(address), engagement=str(key)))
        texts.append(answer.content.decode().replace(str(key), "…"))
        assert answer.status_code == 200
        assert TITLE not in texts[-1]

    errors = [text.count("Select a valid choice") for text in texts]
    assert errors[0] == errors[1]


def test_choices_by_typing_offer_no_hidden_record():
    officer = signed_in("officer")
    decision("ZQX decision", marking="restricted")
    query = {"app_label": "appointments", "model_name": "mandate", "field_name": "decision", "term": "ZQX"}

    assert officer.get(reverse("admin:autocomplete"), query).json()["results"] == []
    assert len(signed_in("approver").get(reverse("admin:autocomplete"), query).json()["results"]) == 1
