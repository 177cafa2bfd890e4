"""Log a meeting on the desk: one form, one call of the service, and nothing that was typed is lost."""

import re

import pytest

from engagements.models import ActionItem, Engagement
from sgoffice.directory.models import Person
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
LOG = "/desk/log"


@pytest.fixture
def officer():
    directory.country("AT", "Austria")
    directory.country("JP", "Japan")
    return signed_in("officer")


def sent(officer, **values):
    given = {
        "who-0": "Gerhard Karner, Minister of the Interior, Austria", "day": "2 March 2026", "kind": "courtesy_call",
        "city": "Vienna", "country": "Österreich",
    } | values  # fmt: skip
    return officer.post(LOG, sent_by(officer.get(LOG), **given))


def test_a_meeting_with_two_counterparts_and_a_promise_is_logged_at_once(officer):
    minister = directory.person("Gerhard Karner")

    answer = sent(
        officer, **{"who-1": "Jana Bílá, Adviser", "outcome": "They will join.", "promise-0": "Send the draft",
        "promise-0-by": "ours", "promise-0-due": "15 December 2026", "promise-0-mine": "1"},
    )  # fmt: skip

    assert answer.status_code == 302, answer.context["errors"]
    logged = Engagement.objects.get()
    assert answer["Location"] == f"/desk/engagements/{logged.reference}"
    assert (logged.title, logged.held) == ("Courtesy call with Gerhard Karner and Jana Bílá", "2026-03-02")
    assert (logged.country_id, logged.marking) == ("AT", "internal")
    first, second = logged.participants.order_by("position")
    assert (first.person_id, str(first.capacities.get())) == (minister.pk, "Minister of the Interior")
    assert second.person == Person.objects.get(name="Jana Bílá")
    item = ActionItem.objects.get()
    assert (item.text, str(item.due_on), item.owner_user_id) == ("Send the draft", "2026-12-15", officer.user.pk)
    page = officer.get(answer["Location"]).content.decode()
    assert "Gerhard Karner" in page
    assert "15 December 2026" in page


def test_a_time_is_that_of_the_place(officer):
    answer = sent(officer, city="Tokyo", country="Japan", start="16:00", end="5 pm")

    assert answer.status_code == 302, answer.context["errors"]
    told = officer.see(f"engagements/{Engagement.objects.get().pk}").json()
    assert (told["starts_at"], told["ends_at"]) == ("2026-03-02T16:00:00+09:00", "2026-03-02T17:00:00+09:00")
    assert "16:00–17:00 (Tokyo, UTC+9; for you 07:00)" in officer.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"who-0": ""}, "who-0"),
        ({"kind": ""}, "kind"),
        ({"day": "someday"}, "day"),
        ({"day": ""}, "day"),
        ({"day": "March 2026", "start": "9"}, "start"),
        ({"start": "26:00"}, "start"),
        ({"end": "17:00"}, "start"),
        ({"country": "Atlantis"}, "country"),
        ({"day": "2 March 2099"}, "day"),
        ({"city": "Nowhere", "country": "", "start": "9"}, "zone"),
        ({"start": "10", "end": "9"}, "end"),
        ({"promise-1": "Call back", "promise-1-due": "soon"}, "promise-1-due"),
    ],
)
def test_a_refusal_stands_at_its_field_with_the_focus_and_everything_that_was_typed(officer, values, field):
    answer = sent(officer, **{"outcome": "Five points <b>", **values})

    assert (answer.status_code, Engagement.objects.count()) == (422, 0)
    assert list(answer.context["errors"]) == [field]
    again = sent_by(answer)
    assert again["outcome"] == ["Five points <b>"]
    for name, value in values.items():
        assert again.get(name, [""]) == [value]
    page = answer.content.decode()
    [focused] = re.findall(r"<[a-z]+ [^>]*\bautofocus\b[^>]*>", page)
    assert f'id="{field}"' in focused
    assert 'aria-invalid="true"' in focused


@pytest.mark.parametrize("day", ["2 March 2099", "March 2099"])
def test_a_meeting_that_lies_ahead_is_logged_as_planned_and_the_page_says_so(officer, day):
    answer = sent(officer, day=day)

    assert answer.status_code == 302, answer.context["errors"]
    assert Engagement.objects.get().status == "tentative"
    page = officer.get(answer["Location"]).content.decode()
    assert "Logged as planned, not confirmed yet: Courtesy call with Gerhard Karner." in page


def test_who_says_that_a_meeting_ahead_took_place_is_told_what_to_do(officer):
    answer = sent(officer, day="2 March 2099", status="held")

    assert answer.context["errors"] == {
        "day": "This day lies ahead. Correct it, or choose below that the meeting is planned."
    }


def test_the_day_is_shown_as_it_is_understood(officer):
    shown = officer.post("/desk/log/clocks", {"day": "15.12.2026", "city": "Vienna"}).content.decode()
    ambiguous = sent(officer, day="7/12/2026")
    in_french = officer.post("/desk/log/clocks", {"day": "7/12/2026"}, headers={"accept-language": "fr"})

    assert "The day is understood as Tuesday 15 December 2026." in shown
    assert ambiguous.context["errors"] == {
        "day": "“7/12/2026” may be two days. Write the month as a word: 7 December 2026."
    }
    assert "lundi 7 décembre 2026" in in_french.content.decode()


def test_a_near_name_is_answered_in_place(officer):
    minister = directory.person("Gerhard Karner")
    refused = sent(officer, **{"who-0": "Gerhart Karner, Minister"})

    assert "sounds like Gerhard Karner" in refused.content.decode()
    chosen = officer.post(LOG, sent_by(refused, **{"who-0-is": f"person-{minister.pk}"}))

    assert chosen.status_code == 302
    assert Engagement.objects.get().participants.get().person_id == minister.pk


def test_a_likely_duplicate_is_shown_with_a_link_and_is_another_one_if_the_author_says_so(officer):
    first = sent(officer)
    second = sent(officer, title="The second meeting")

    page = second.content.decode()
    assert second.status_code == 422
    assert f'href="{first["Location"]}"' in page
    assert "allow_duplicate" not in page
    assert len(re.findall(r"\bautofocus\b", page)) == 1
    third = officer.post(LOG, sent_by(second, another="1"))
    assert third.status_code == 302
    assert Engagement.objects.count() == 2


def test_more_lines_keep_what_was_typed(officer):
    page = officer.post(LOG, sent_by(officer.get(LOG), **{"who-1": "Jana Bílá", "outcome": "Good", "more": "1"}))

    data = sent_by(page)
    assert len([name for name in data if re.fullmatch(r"who-\d+", name)]) == 5
    assert (data["who-1"], data["outcome"]) == (["Jana Bílá"], ["Good"])


def test_a_line_is_understood_while_it_is_typed(officer):
    directory.person("Gerhard Karner")

    part = officer.post("/desk/log/understood", {"number": "0", "who-0": "Gerhard Karner, Minister, Austria"})
    nothing = officer.post("/desk/log/understood", {"number": "999"})
    clocks = officer.post("/desk/log/clocks", {"city": "Kathmandu"})

    assert "has this name" in part.content.decode()
    assert "for Austria" in part.content.decode()
    assert nothing.status_code == 204
    assert "Kathmandu, UTC+5:45" in clocks.content.decode()


def test_who_only_reads_logs_nothing():
    viewer = signed_in("viewer")

    assert [viewer.get(LOG).status_code, viewer.post(LOG, {}).status_code] == [403, 403]
    assert viewer.post("/desk/log/understood", {"number": "0", "who-0": "x"}).status_code == 403


def test_names_of_a_restricted_meeting_are_those_that_all_its_readers_know(officer):
    known = directory.person("Anna Nováková")
    make.engagement(marking="restricted", participants=(make.theirs(person=known, title="Ambassador", country="JP"),))

    part = officer.post("/desk/log/understood", {"number": "0", "who-0": "Anna Nováková, Minister, Austria"})

    assert "known with another" not in part.content.decode()


def test_half_a_name_does_not_stick_as_a_new_person(officer):
    minister = directory.person("Gerhard Karner")
    page = sent_by(officer.get(LOG), **{"who-0": "Ger"})
    half = sent_by(officer.post("/desk/log/understood", page | {"number": ["0"]}))
    assert (half["who-0-is"], half["who-0-of"]) == (["new-person"], ["Ger"])

    answer = sent(officer, **half)

    assert answer.status_code == 302, answer.context["errors"]
    assert Engagement.objects.get().participants.get().person_id == minister.pk
    assert not Person.objects.filter(name="Ger").exists()


def test_a_choice_that_somebody_made_stays_with_its_name(officer):
    directory.person("Gerhard Karner")
    page = sent_by(officer.get(LOG), **{"who-0": "Gerhard Karner"})
    found = sent_by(officer.post("/desk/log/understood", page | {"number": ["0"]}))

    answer = sent(officer, **found | {"who-0-is": ["new-person"]})

    assert answer.status_code == 302, answer.context["errors"]
    assert Person.objects.filter(name="Gerhard Karner").count() == 2


def test_a_meeting_is_logged_in_french_and_stored_as_any_other(officer):
    directory.person("Gerhard Karner")
    officer.post("/language", {"language": "fr"})

    refused = sent(officer, country="Autriche", day="le jour d’après")
    answer = sent(
        officer, country="Autriche", day="hier",
        **{"promise-0": "Envoyer le projet", "promise-0-by": "theirs", "promise-0-due": "15 décembre 2035"},
    )  # fmt: skip

    page = refused.content.decode()
    assert "ne se lit pas comme un jour. Écrivez 7 décembre 2026, mardi dernier, hier ou décembre 2026." in page
    assert "Visite de courtoisie" in page
    assert answer.status_code == 302, answer.context["errors"]
    logged, item = Engagement.objects.get(), ActionItem.objects.get()
    assert (logged.title, logged.country_id) == ("Courtesy call with Gerhard Karner", "AT")
    assert str(item.due_on) == "2035-12-15"
    sheet = officer.get(answer["Location"]).content.decode()
    assert "pour le 15 décembre 2035" in sheet
    assert "Autriche" in sheet
    assert "Consigné" in sheet
    assert "<h1>Visite de courtoisie avec Gerhard Karner</h1>" in sheet
    assert "Visite de courtoisie avec Gerhard Karner" in officer.get("/desk/search?kind=engagement").content.decode()
    assert b"Courtesy call" in officer.see(f"engagements/{logged.pk}").content


def test_a_title_that_somebody_wrote_stays_as_it_is_in_every_language(officer):
    sent(officer, title="Courtesy call with the Minister")

    page = officer.get(f"/desk/engagements/{Engagement.objects.get().reference}", headers={"Accept-Language": "fr"})

    assert "<h1>Courtesy call with the Minister</h1>" in page.content.decode()
