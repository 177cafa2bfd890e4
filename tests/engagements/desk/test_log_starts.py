"""What the form begins with: a draft that ends with the sign-in, as last time, and what the meeting belongs to."""

import pytest

from engagements.models import Engagement
from sgoffice.records.models import Link
from tests.factories import agreements, directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
LOG = "/desk/log"


@pytest.fixture
def officer():
    directory.country("AT", "Austria")
    return signed_in("officer")


def log(officer, page, **given):
    place = {"city": "Vienna", "country": "Austria"}
    values = {"who-0": "Eva Adler", "day": "2 March 2026", "kind": "courtesy_call", "status": "held", **place}
    return officer.post(LOG, sent_by(page, **values | given))


def test_a_draft_survives_a_closed_tab_and_ends_when_it_is_logged(officer):
    typed = {
        "who-0": "Gerhard Karner",
        "outcome": "They will join.",
        "promise-0": "Send it",
        "marking": "internal",
    }

    assert officer.post(f"{LOG}/draft", typed).status_code == 204
    page = officer.get(LOG)

    assert page.context["is_draft"]
    assert page.context["values"]["outcome"] == "They will join."
    assert page["Cache-Control"] == "no-store" or "private" in page["Cache-Control"]
    assert log(officer, page).status_code == 302
    assert not officer.get(LOG).context["is_draft"]


def test_a_draft_ends_with_the_sign_in_and_is_nobody_elses(officer):
    officer.post(f"{LOG}/draft", {"outcome": "Zqx"})

    assert "Zqx" not in signed_in("officer").get(LOG).content.decode()
    officer.post("/admin/logout/")
    officer.force_login(officer.user)
    assert "Zqx" not in officer.get(LOG).content.decode()


def test_one_can_begin_anew_and_a_huge_draft_is_not_kept(officer):
    officer.post(f"{LOG}/draft", {"outcome": "Once"})
    officer.post(f"{LOG}/draft", {"outcome": "x" * 70_000})
    assert officer.get(LOG).context["values"]["outcome"] == "Once"

    assert officer.post(f"{LOG}/anew").status_code == 302
    assert not officer.get(LOG).context["is_draft"]
    assert signed_in("viewer").post(f"{LOG}/draft", {"outcome": "Zqx"}).status_code == 403


def test_as_last_time_brings_people_and_place_and_follows(officer):
    minister = directory.person("Gerhard Karner")
    who = make.theirs(person=minister, title="Minister of the Interior", country="AT")
    last = make.engagement(participants=(who,), kind="courtesy_call", city="Vienna", country="AT")

    page = officer.get(f"{LOG}?like={last.reference}&follows={last.reference}")
    assert page.context["form"].who[0].text == "Gerhard Karner, Minister of the Interior, Austria"
    assert page.context["values"]["city"] == "Vienna"
    done = officer.post(LOG, sent_by(page, day="2 March 2026", status="held"))

    assert done.status_code == 302, done.context["errors"]
    new = Engagement.objects.exclude(pk=last.pk).get()
    assert new.participants.get().person_id == minister.pk
    assert Link.objects.filter(source=new.pk, relation="follows", target=last.pk).exists()


def test_a_meeting_is_logged_as_part_and_under_an_agreement(officer):
    visit, agreement = make.planned(title="Visit to Austria", kind="visit"), agreements.in_force_since()

    page = officer.get(f"{LOG}?part_of={visit.reference}&under={agreement.reference}")
    assert "Visit to Austria" in page.content.decode()
    assert log(officer, page).status_code == 302

    new = Engagement.objects.exclude(pk=visit.pk).get()
    assert set(Link.objects.filter(source=new.pk).values_list("relation", "target")) == {
        ("part_of", visit.pk), ("under", agreement.pk),
    }  # fmt: skip


def test_a_part_begins_with_what_its_visit_has_and_a_draft_is_not_lost_for_it(officer):
    directory.country("PT", "Portugal")
    visit = make.planned(
        title="Visit", kind="visit", status="confirmed", held="2026-12-15", city="Lisbon", country="PT",
        marking="public",
    )  # fmt: skip

    values = officer.get(f"{LOG}?part_of={visit.reference}").context["values"]
    officer.post("/desk/log/draft", {"who-0": "Keiko Abe", "title": "Another"})
    draft = officer.get(f"{LOG}?part_of={visit.reference}")
    anew = officer.post("/desk/log/anew", {"part_of": visit.reference})

    assert {name: values[name] for name in ("day", "city", "country", "status", "marking")} == {
        "day": "15 Dec. 2026", "city": "Lisbon", "country": "Portugal", "status": "confirmed", "marking": "public",
    }  # fmt: skip
    assert draft.context["is_draft"]
    assert f'name="part_of" value="{visit.reference}"' in draft.content.decode()
    assert anew["Location"] == f"{LOG}?part_of={visit.reference}"


def test_what_is_hidden_is_neither_copied_nor_named(officer):
    hidden = make.engagement(
        title="Zqx", marking="restricted", readers=(str(signed_in("officer").user.pk),), city="Bonn"
    )

    for query in (f"like={hidden.reference}", f"part_of={hidden.reference}", "like=x", "part_of=%25", "under=x"):
        page = officer.get(f"{LOG}?{query}")
        assert page.status_code == 200
        assert "Zqx" not in page.content.decode()
        assert "Bonn" not in page.content.decode()
