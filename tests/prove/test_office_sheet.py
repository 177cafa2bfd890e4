"""All shipped engagements as an office keeps them, ten planted faults in it: found, entered, and undone."""

from typing import Any

import pytest

from engagements.models import ActionItem, Engagement
from sgoffice import documents
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Organization, Person
from sgoffice.feed.models import Published, Stream
from sgoffice.records.actors import OFFICE
from tests.factories.accounts import Register, signed_in, staff
from tests.factories.imports import checked, committed, report, undone
from tests.office_sheet import FIRST, OfficeSheet, office_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]

#: Texts of rows that somebody has to say something about: a country that is two, names of several or of nobody, and two
#: Presidents of INTERPOL who come as officials of their countries, of which the register knows nothing without its log.
DOUBTFUL = {
    "Commissioners of police", "UN officials and correspondents", "K. Shanmugam", "Chiefs of police", "Congo",
    "Ahmed Naser Al-Raisi", "Khoo Boon Hui", "Commissioner",
}  # fmt: skip


@pytest.fixture
def officer():
    return staff("officer").as_actor()


@pytest.fixture
def without_a_log():
    """Everything but the engagements: they are marked as entered in error."""
    for key in Engagement.objects.order_by("pk").values_list("pk", flat=True):
        enter_in_error(Engagement, key, by=OFFICE, expected=ANY_VERSION, reason="to be brought again")


def plant(sheet: OfficeSheet) -> dict[int, str]:
    """Plant ten faults; return the field that each of these rows is wrong in, by the number of the row."""
    merged = {int(part) for one in sheet.merged for part in one.replace(":", " ").translate(_NO_LETTERS).split()}
    plain = [place for place, row in enumerate(sheet.rows) if FIRST + place not in merged and row[3] and row[2]]
    faults: dict[int, str] = {}

    def spoil(at: int, column: int, value: Any, field: str) -> None:
        sheet.rows[plain[at]][column] = value
        faults[sheet.number_of(plain[at])] = field

    spoil(3, 1, "31.02.2004", "held")
    spoil(6, 1, "13/25/2005", "held")
    spoil(9, 1, None, "held")
    spoil(12, 4, "Freedonia", "country")
    spoil(15, 4, "Guinee-Equatorial-Conakry", "country")
    spoil(18, 5, "Pot de départ", "kind")
    spoil(21, 9, "bientôt", "due")
    sheet.rows[plain[21]][8] = "Envoyer le projet"
    spoil(24, 2, f"Gerard Colomb, Ministre d'État, France; {sheet.rows[plain[24]][2]}", "counterparts")
    sheet.rows.append(list(sheet.rows[plain[27]]))
    faults[sheet.number_of(len(sheet.rows) - 1)] = ""
    sheet.rows.append([999, *sheet.rows[plain[30]][1:6], "Autre intitulé", "", "", ""])
    faults[sheet.number_of(len(sheet.rows) - 1)] = ""
    return faults


_NO_LETTERS = str.maketrans("", "", "ABCDEFGHIJ")


def live() -> tuple[int, ...]:
    return tuple(model.objects.live().count() for model in (Engagement, Person, Organization, ActionItem))


def lists(reader: Register) -> list[tuple[int, bytes]]:
    """What lists, counts and searches say."""
    asked = ("engagements?limit=200", "engagements?country=FR", "people?count=capped&limit=1", "search?q=paris",
             "search?q=visite+vienne", "organizations?limit=200", "action-items")  # fmt: skip
    answers = [reader.see(path) for path in asked]
    return [(answer.status_code, answer.content) for answer in answers]


def digests() -> list[tuple[Any, ...]]:
    """What partners have: each published document, and the position of each stream."""
    published = Published.objects.filter(op="upsert").order_by("pk").values_list("pk", "digest", "is_stale")
    return [*published, *Stream.objects.order_by("pk").values_list("pk", "position")]


@pytest.mark.usefixtures("without_a_log")
def test_an_office_brings_its_log(officer):
    sheet = office_sheet()
    faults = plant(sheet)
    content, reader = sheet.workbook(), signed_in("viewer")
    before, told, had = live(), lists(reader), digests()

    imported = checked(content, by=officer, file_name="entretiens.xlsx")
    found = report(imported, by=officer)

    # every planted fault, and beside them only names that really are in doubt
    wrong = {(one["row"], one["field"]) for one in found["problems"]}
    assert set(faults.items()) <= wrong
    others = {row for row, _ in wrong} - set(faults)
    doubtful = {one["text"] for one in found["questions"] if not one["suggested"]}
    assert doubtful - DOUBTFUL == {"Freedonia", "Guinee-Equatorial-Conakry", "Pot de départ", "Gerard Colomb"}
    assert len(others) < 15
    bans = [one for one in found["questions"] if "ban" in one["text"].lower().split()]
    assert {one["suggested"] for one in bans} == {f"person-{Person.objects.get(name='Ban Ki-moon').pk}"}
    assert (live(), lists(reader), digests()) == (before, told, had)

    imported = committed(imported, by=officer, leave_out=True)

    count = imported.counts["entered"]
    assert count == len(sheet.rows) - len({row for row, _ in wrong})
    assert live()[0] == before[0] + count
    assert live()[1] - before[1] < 10  # the people were in the directory: hardly anybody is new
    again = checked(content, by=officer, file_name="entretiens.xlsx")
    assert (again.counts["known"], report(again, by=officer)["differences"]) == (count, [])
    assert again.counts.get("ready", 0) == 0

    imported = undone(imported, by=officer)

    assert imported.counts["undone"] == count
    assert (live(), lists(reader), digests()) == (before, told, had)
    assert list(documents.differences()) == []


def test_what_the_log_has_already_is_told_row_by_row(officer):
    """The same meetings again: nearly nothing of them is new."""
    found = report(checked(office_sheet().workbook(), by=officer, file_name="entretiens.xlsx"), by=officer)

    doubled = {one["row"] for one in found["problems"] if one["question"].startswith("row-")}
    assert len(doubled) > 110
    assert found["counts"].get("ready", 0) < 15
