"""The checker finds what readers would not understand or not believe, and leaves good lines alone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from engagements.public_register.rules import Checked, PublicCounterpart, PublicLine, findings_of
from sgoffice.records.date_words import partial_date_in_words
from sgoffice.records.partial_dates import PartialDate

_numbers = count(1)
FRANCE = PublicCounterpart(
    key="FR",
    kind="country",
    name="France",
    called="",
    country="FR",
    country_name="France",
    people=("A. Person, Minister",),
)
#: Titles as offices write them, that say something.
GOOD = (
    "Meeting with the Minister of the Interior of France", "Cooperation against the theft of medicines",
    "Visit to headquarters: Teo Chee Hean, Lyon", "Bilateral meeting: Narendra Modi, New Delhi",
    "Courtesy call: Sulub Ahmed Firin", "Address: 31st ASEANAPOL Conference, Vientiane",
    "Signing of the arrangement with Europol", "Terrorism", "89th General Assembly, Istanbul", "Drafting of Article 3",
    "Cricket World Cup 2024", "Lunch with the Ambassador of Japan", "Red notices", "Discussion on cybercrime",
    "Briefing on I-24/7", "反恐合作", "Понедельничная встреча с министром", "اجتماع مع وزير الداخلية",
    "Budget 2023-2025", "Meeting with the G7 Roma-Lyon Group", "Football", "Confidentiality of files", "UN",
    "Stolen art", "Tbilisi process", "Working group on drones", "Annual meeting of heads of NCBs",
    "Phone call with Jarosław Szymczyk",
    "Human trafficking in the Sahel", "Official opening of the regional bureau",
)  # fmt: skip


def line(**values):
    number = next(_numbers)
    given = {
        "id": f"id-{number}", "reference": f"SG-2024-{number}", "held": "2024-05-15", "kind": "Bilateral meeting",
        "meeting_format": "In person", "level": "Minister", "subject": "Stolen cars", "for_us": "The Secretary General",
        "city": "Paris", "country": "FR", "country_name": "France", "topics": (), "counterparts": (FRANCE,), **values,
    }  # fmt: skip
    known = PartialDate.parse(given["held"])
    days = partial_date_in_words(known)
    return PublicLine(first=known.earliest, last=known.latest, days=days, **given)


def checked(*, entered_after=3, **values):
    known = {name: values.pop(name) for name in ("is_imported", "is_principal_absent", "warnings") if name in values}
    made = line(**values)
    return Checked(line=made, entered_on=made.last + timedelta(days=entered_after), **known)


def test_twelve_planted_faults_are_found_and_thirty_good_lines_are_not_flagged():
    start = date(2024, 1, 8)
    good = [
        checked(subject=title, held=(start + timedelta(days=2 * place)).isoformat()) for place, title in enumerate(GOOD)
    ]
    nobody = PublicCounterpart(
        key="", kind="people", name="An expert", called="", country="", country_name="", people=()
    )
    there = {"city": "Rome", "country": "IT", "country_name": "Italy"}
    planted = {
        "vague-subject title": checked(held="2024-03-02", subject="Courtesy meeting"),
        "vague-subject title again": checked(held="2024-03-04", subject="Views on matters of mutual interest"),
        "unfinished-subject title": checked(held="2024-03-06", subject="Meeting with France (TBC)"),
        "closed-subject title": checked(held="2024-03-08", subject="Stolen cars, not for publication"),
        "missing-level level": checked(held="2024-03-10", level=""),
        "missing-organization participants": checked(held="2024-03-12", counterparts=(nobody,)),
        "missing-counterpart participants": checked(held="2024-03-14", counterparts=()),
        "missing-place country": checked(held="2024-03-16", city="", country="", country_name=""),
        "inexact-day held": checked(held="2024-06"),
        "late-entry held": checked(held="2024-03-18", entered_after=61),
        "contradicted held": checked(held="2024-03-20", subject="Summit of 2023"),
        "contradicted country": checked(held=good[0].line.held, subject="Customs", **there),
    }  # fmt: skip

    found = findings_of([*good, *planted.values()])

    told = {(one.reference, one.rule, one.field) for one in found}
    expected = {(one.line.reference, *name.split()[:2]) for name, one in planted.items()}
    assert (told, len(GOOD), len(planted)) == (expected, 30, 12)
    assert all(one.id and one.sentence.endswith(".") for one in found)


def test_a_line_that_says_the_same_as_another_and_a_doubt_of_the_register_are_found():
    first = checked()
    again = Checked(line=replace(first.line, id="again", reference="SG-2024-AGAIN"))
    doubted = checked(held="2024-05-20", warnings=(("/participants/0", "Another one was minister."),))
    absent = checked(held="2024-05-22", is_principal_absent=True, for_us="")
    imported = checked(held="2024-05-24", entered_after=5000, is_imported=True)
    by_video = checked(
        held="2024-05-15", meeting_format="Virtual", subject="Drones", country="IT", country_name="Italy"
    )

    found = findings_of([first, again, doubted, absent, imported, by_video])

    assert [(one.reference, one.rule, one.field) for one in found] == [
        ("SG-2024-AGAIN", "twice", "title"),
        (doubted.line.reference, "contradicted", "participants"),
        (absent.line.reference, "contradicted", "represented_by"),
    ]
    assert first.line.reference in found[0].sentence
