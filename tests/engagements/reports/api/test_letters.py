"""Letters from a record: Word and HTML, as people write, under the reader's rights, with the marking, traced."""

import io

import docx
import pytest

from engagements.reports.services.letter_files import letter_file
from engagements.reports.services.letters import LETTERS
from sgoffice.records.models import TraceItem
from tests.factories import agreements, directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
THANKS = LETTERS["thank-you"]


def text_of(content):
    made = docx.Document(io.BytesIO(content))
    header = [one.text for one in made.sections[0].header.paragraphs]
    return "\n".join([*header, *(one.text for one in made.paragraphs)])


def meeting(**values):
    make.holder("Jürgen Stock", "2014-11-07")
    directory.country("AT", "Austria")
    minister = make.theirs(person=directory.person("Gerhard Karner"), title="Minister of the Interior", country="AT")
    given = {
        "title": "Stolen <cars>",
        "held": "2024-05-15",
        "city": "Vienna",
        "country": "AT",
        "venue": "Minoritenplatz",
    }
    return make.engagement(participants=(minister,), **given | values)


def test_letter_of_thanks_says_days_and_names_as_people_write_them_and_its_marking():
    restricted = meeting(marking="restricted")
    chief, viewer = signed_in("approver"), signed_in("viewer")
    address = f"/api/v1/engagements/{restricted.reference}/letters/thank-you"

    word, page = chief.get(address, {"format": "docx"}), chief.get(address, {"format": "html"})

    for text in (text_of(word.content), page.content.decode()):
        for said in (
            "Dear Gerhard Karner,", "Minister of the Interior", "Austria", "15 May 2024",
            "Minoritenplatz, Vienna, Austria", "Jürgen Stock", "Restricted", restricted.reference,
        ):  # fmt: skip
            assert said in text, said
        assert "{{" not in text
    assert "Stolen &lt;cars&gt;" in page.content.decode()
    assert word["Content-Disposition"] == f'attachment; filename="{restricted.reference}-thank-you.docx"'
    assert viewer.get(address).status_code == 404
    traced = TraceItem.objects.filter(act="export", path=address)
    assert [list(one.entries) for one in traced] == [[restricted.pk]] * 2
    assert "Letter of thanks" in chief.get(f"/desk/engagements/{restricted.reference}").content.decode()


def test_a_confirmation_says_several_days_in_words_and_no_line_of_nothing():
    host = make.theirs(person=directory.person("Minister of the Interior"), title="Minister of the Interior")
    visit = make.planned(status="confirmed", held="2026-12-14/2026-12-16", participants=(host,), city="Lisbon")

    address = f"/api/v1/engagements/{visit.reference}/letters/confirmation"
    text = text_of(signed_in("officer").get(address, {"format": "docx"}).content)

    assert "Day: 14–16 December 2026" in text
    assert "Time:" not in text
    assert text.count("Minister of the Interior") == 3  # addressee, “Dear …” and who is present


def test_a_letter_is_not_written_before_it_is_true():
    planned = make.planned(starts_at=None, held="2026-03-20")
    chief = signed_in("approver")
    draft = agreements.agreement()

    thanks = chief.get(f"/api/v1/engagements/{planned.pk}/letters/thank-you", {"format": "html"})
    confirmation = chief.get(f"/api/v1/engagements/{planned.pk}/letters/confirmation", {"format": "html"})
    too_early = chief.get(f"/api/v1/agreements/{draft.pk}/letters/entry-into-force", {"format": "html"})
    in_force = agreements.in_force_since()
    notified = chief.get(f"/api/v1/agreements/{in_force.pk}/letters/entry-into-force", {"format": "html"})

    assert (thanks.status_code, too_early.status_code) == (409, 409)
    assert "I am pleased to confirm our meeting." in confirmation.content.decode()
    assert "20 March 2026" in confirmation.content.decode()
    assert "entered into force on" in notified.content.decode()
    assert in_force.title in notified.content.decode()


def test_no_letter_names_a_day_that_is_not_the_events_own():
    chief = signed_in("approver")
    reported = meeting(date_basis="report")
    made = agreements.agreement(
        agreements.act("signature", "2009-04-20"), agreements.act("entry_into_force", "2009-04-26", date_basis="report")
    )

    thanks = chief.get(f"/api/v1/engagements/{reported.pk}/letters/thank-you", {"format": "html"})
    notified = chief.get(f"/api/v1/agreements/{made.pk}/letters/entry-into-force", {"format": "html"})

    assert (thanks.status_code, notified.status_code) == (409, 409)
    assert [one.json()["errors"][0]["pointer"] for one in (thanks, notified)] == ["/date_basis", "/acts/1/date_basis"]
    for page in (f"/desk/engagements/{reported.reference}", f"/desk/agreements/{made.reference}"):
        assert "/letters/" not in chief.get(page).content.decode()


def test_the_sheet_of_an_agreement_in_force_leads_to_its_letter():
    chief = signed_in("approver")
    in_force, draft = agreements.in_force_since(), agreements.agreement()

    shown, other = (chief.get(f"/desk/agreements/{one.reference}").content.decode() for one in (in_force, draft))

    address = f"/api/v1/agreements/{in_force.reference}/letters/entry-into-force?format=docx"
    assert address in shown
    assert chief.get(address).status_code == 200
    assert "letters/entry-into-force" not in other


def test_an_office_replaces_a_letter_and_its_marking_is_printed_all_the_same(settings, tmp_path):
    settings.LETTER_TEMPLATES = str(tmp_path)
    values = {"subject": "A & B", "marking": "Internal", "days": "15 May 2024"}
    (tmp_path / "thank-you.html").write_text("<h1>{{subject}}</h1> {% debug %}")
    own = docx.Document()
    one = own.add_paragraph()
    for run in ("On {{ da", "ys", " }} we met."):  # Word cuts names as it likes
        one.add_run(run).bold = True
    own.add_table(1, 1).cell(0, 0).text = "{{ subject }}"
    own.save(tmp_path / "thank-you.docx")

    page, word = (letter_file(THANKS, values, form) for form in ("html", "docx"))

    assert page.decode() == "<p>Internal</p>\n<h1>A &amp; B</h1> {% debug %}"
    made = docx.Document(io.BytesIO(word))
    assert "Internal" in text_of(word)
    assert made.paragraphs[0].text == "On 15 May 2024 we met."
    assert made.tables[0].cell(0, 0).text == "A & B"
    (tmp_path / "thank-you.html").write_text("{{ pasword }}")
    held = meeting()
    refused = signed_in("officer").get(f"/api/v1/engagements/{held.pk}/letters/thank-you", {"format": "html"})
    assert (refused.status_code, "pasword" in refused.json()["detail"]) == (409, True)
