"""A meeting is logged by names, the next one is planned on what was promised, and closes by answering for it."""

from django.utils import timezone

MINISTER = {
    "person": {"name": "Amina Example-Diallo"},
    "organization": {"name": "Ministry of Public Order"},
    "country": "SN",
    "title": "Minister",
}


def test_what_was_promised_at_one_meeting_is_asked_at_the_next(officer):
    first = logged(officer)
    minister = first["participants"][0]["person"]["id"]
    promised = promised_to(officer, minister)
    draft, liaison, invitation = promised

    planned = planned_after(officer, first, items=[draft["id"], liaison["id"]])
    assert planned.json()["participants"][0]["person"]["id"] == minister
    warning = next(one for one in planned.json()["warnings"] if one["rule"] == "open-action-items")
    assert invitation["reference"] in warning["detail"]
    to_raise = officer.see(f"engagements/{planned.json()['id']}/open-items").json()
    assert [item["id"] for item in to_raise["results"]] == [item["id"] for item in promised]
    assert to_raise["on_list"] == sorted([draft["id"], liaison["id"]])

    held = held_with_answers(officer, planned, draft, liaison)
    assert (held["status"], held["warnings"]) == ("held", [])
    done = officer.see(f"action-items/{draft['id']}").json()
    assert (done["status"], done["evidence"]) == ("done", [held["reference"]])
    left = officer.see(f"action-items?person={minister}&is_open=true").json()["results"]
    assert [(item["text"], item["engagement"]) for item in left] == [
        ("Name a liaison officer", held["id"]),
        ("Invite to the regional conference", first["id"]),
    ]
    brief = officer.see(f"counterparts/person/{minister}/brief?on={timezone.localdate()}")
    assert brief.status_code == 200
    assert "The draft was handed over." in brief.content.decode()


def logged(officer):
    """Log the first meeting with all that was said, in one call, by names."""
    answer = officer.enter(
        "engagements",
        {
            "title": "Meeting with the Minister of Public Order of Senegal", "kind": "bilateral_meeting",
            "status": "held", "held": "2024-09-17", "city": "Lyon", "country": "FR",
            "participants": [MINISTER, {"person": "Jürgen Stock", "side": "ours"}],
            "papers": [{"kind": "readout", "text": "Both sides want a liaison officer."}],
            "action_items": [
                {"text": "Send the draft arrangement", "owner": {"unit": "Legal Affairs"}, "due_on": "2024-12-01"},
                {"text": "Name a liaison officer", "owed_by": "theirs"},
                {"text": "Invite to the regional conference"},
            ],
        },
        **{"Idempotency-Key": "2024-09-17-senegal"},
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    ours = answer.json()["participants"][1]["person"]
    assert officer.see("people?q=stock jurgen").json()["results"][0]["id"] == ours["id"]
    return answer.json()


def promised_to(officer, minister):
    """Ask what was promised to her and by her, and what of it is overdue."""
    promised = officer.see(f"action-items?person={minister}&is_open=true").json()["results"]
    assert [item["text"] for item in promised] == [
        "Send the draft arrangement",
        "Name a liaison officer",
        "Invite to the regional conference",
    ]
    overdue = officer.see(f"action-items?person={minister}&overdue_on=2025-01-01").json()["results"]
    assert [item["id"] for item in overdue] == [promised[0]["id"]]
    return promised


def planned_after(officer, first, *, items):
    """Plan the next meeting for today, with what is to be raised, and confirm it."""
    answer = officer.enter(
        "engagements",
        {
            "title": "Follow-up with the Minister", "kind": "bilateral_meeting", "status": "tentative",
            "held": timezone.localdate().isoformat(), "follows": first["id"], "participants": [MINISTER],
            "items": items,
        },
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    return officer.enter(f"engagements/{answer.json()['id']}/confirm", {}, **{"If-Match": answer["ETag"]})


def held_with_answers(officer, planned, draft, liaison):
    """Close the meeting: refused while an item on its list has no answer, then taken."""
    path, tag = f"engagements/{planned.json()['id']}/hold", {"If-Match": planned["ETag"]}
    answers = [{"item": draft["id"], "answer": "done"}]
    refused = officer.enter(path, {"answers": answers}, **tag)
    assert (refused.status_code, refused.json()["rule"]) == (409, "list-not-answered")
    assert [one["id"] for one in refused.json()["records"]] == [liaison["id"]]

    answers.append({"item": liaison["id"], "answer": "carried", "due_on": "2027-01-31", "reason": "Not yet named"})
    held = officer.enter(path, {"outcome": "The draft was handed over.", "answers": answers}, **tag)
    assert held.status_code == 200, held.content
    return held.json()
