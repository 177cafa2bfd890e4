"""Action items in rows: about records of the register, asked about where they may be several, never twice."""

import pytest

from engagements.models import ActionItem
from sgoffice.changes.door import ANY_VERSION
from sgoffice.imports import services
from tests.factories import engagements as make
from tests.factories.accounts import staff
from tests.factories.agreements import in_force_since
from tests.factories.imports import checked, committed, report, undone, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return staff("officer").as_actor()


@pytest.fixture
def brought(officer):
    """What an office promised, in rows: about a meeting, an agreement, something unclear and something hidden."""
    meeting, treaty = make.engagement(title="Cargo at sea"), in_force_since(title="Arrangement on stolen vessels")
    for title in ("Ports and cargo", "Cargo in the air"):
        make.engagement(title=title)
    hidden = make.engagement(title="Zqxcanary", marking="restricted")
    known = make.action_item(meeting, text="Send the draft")
    rows = (
        "Action;Concerne;À la charge de;Service;Échéance;Statut;Fait le;Preuve\n"
        f"Name a liaison officer;{meeting.reference};eux;;15 décembre 2026;en cours;;\n"
        "Share the list;Arrangement on stolen vessels;nous;Legal Affairs;;fait;1 mars 2026;Note 12\n"
        f"send the DRAFT;{meeting.reference};eux;;;;;\n"
        f"Name a liaison officer;{meeting.reference};;;;;;\n"
        "Write minutes;Cargo;;;;;;\n"
        f"Ask again;{hidden.reference};;;décembre;fait;;\n"
    )
    return {"rows": rows, "meeting": meeting, "treaty": treaty, "known": known, "import": checked(rows, by=officer)}


def test_rows_are_ready_known_doubled_unclear_or_wrong(officer, brought):
    found = report(brought["import"], by=officer)

    assert brought["import"].kind == "action_item"
    assert found["counts"] == {"ready": 2, "known": 1, "problem": 3}
    assert found["differences"] == [
        {"row": 4, "record": str(brought["known"].pk), "field": "owed_by", "file": "theirs", "register": "ours"}
    ]
    assert [(one["row"], one["field"]) for one in found["problems"]] == [
        (5, "text"), (6, "about"), (7, "due"), (7, "about"), (7, "item_status"),
    ]  # fmt: skip
    [asked] = [one for one in found["questions"] if one["text"] == "Cargo"]
    assert {option["label"].rpartition(" ")[2] for option in asked["options"]} >= {"sea", "air"}
    assert any("Nothing is called" in one["detail"] for one in found["problems"] if one["row"] == 7)


def test_what_is_clear_is_entered_once_and_undone(officer, brought):
    meeting, known = brought["meeting"], brought["known"]
    [asked] = [one for one in report(brought["import"], by=officer)["questions"] if one["text"] == "Cargo"]
    answers = services.ChoicesEntry(
        answers=(services.AnswerEntry(question=asked["key"], choice=f"engagement-{meeting.pk}"),)
    )
    services.choose(brought["import"].pk, answers, by=officer, expected=ANY_VERSION, at=make.NOW)

    imported = committed(worked(brought["import"]), by=officer, leave_out=True)

    made = {one.text: one for one in ActionItem.objects.live().exclude(pk=known.pk)}
    assert made.keys() == {"Name a liaison officer", "Share the list", "Write minutes"}
    liaison, shared = made["Name a liaison officer"], made["Share the list"]
    assert (liaison.engagement_id, liaison.owed_by, str(liaison.due_on)) == (meeting.pk, "theirs", "2026-12-15")
    assert (shared.agreement_id, shared.owner_unit, shared.status) == (brought["treaty"].pk, "Legal Affairs", "done")
    assert (shared.evidence, str(shared.completed_on)) == (["Note 12"], "2026-03-01")
    assert liaison.sources[0]["document"] == f"Import {imported.reference}, row 2"

    again = checked(brought["rows"], by=officer)
    assert report(again, by=officer)["counts"].get("ready", 0) == 0

    undone(imported, by=officer)
    assert list(ActionItem.objects.live()) == [known]
