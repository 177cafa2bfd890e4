"""A meeting is logged by names, the next one is planned on what was promised, and closes by answering for it."""

from django.utils import timezone

MINISTER = {
    "person": {"name": "Amina Example-Diallo"},
    "organization": {"name": "Ministry of Public Order"},
    "country": "SN",
    "title": "Minister",
}


def test_what_was_promised_at_one_meeting_is_asked_at_the_next(officer):
    logged = officer.enter(
        "engagements",
        {
            "title": "Meeting with the Minister of Public Order of Senegal",
            "kind": "bilateral_meeting",
            "status": "held",
            "held": "2024-09-17",
            "city": "Lyon",
            "country": "FR",
            "participants": [MINISTER, {"person": "Jürgen Stock", "side": "ours"}],
            "papers": [{"kind": "readout", "text": "Both sides want a liaison officer."}],
            "action_items": [
                {"text": "Send the draft arrangement", "owner": {"unit": "Legal Affairs"}, "due_on": "2024-12-01"},
                {"text": "Name a liaison officer", "owed_by": "theirs"},
                {"text": "Invite to the regional conference"},
            ],
        },
        **{"Idempotency-Key": "2024-09-17-senegal"},
    )
    assert logged.status_code == 201, logged.content
    theirs, ours = logged.json()["participants"]
    minister = theirs["person"]["id"]
    assert ours["person"]["name"] == "Jürgen Stock"
    assert officer.see("people?q=stock jurgen").json()["results"][0]["id"] == ours["person"]["id"]

    promised = officer.see(f"action-items?person={minister}&is_open=true").json()["results"]
    assert [item["text"] for item in promised] == [
        "Send the draft arrangement",
        "Name a liaison officer",
        "Invite to the regional conference",
    ]
    draft, liaison, invitation = promised
    overdue = officer.see(f"action-items?person={minister}&overdue_on=2025-01-01").json()["results"]
    assert [item["id"] for item in overdue] == [draft["id"]]

    today = timezone.localdate().isoformat()
    planned = officer.enter(
        "engagements",
        {
            "title": "Follow-up with the Minister", "kind": "bilateral_meeting", "status": "tentative", "held": today,
            "follows": logged.json()["id"], "participants": [MINISTER], "items": [draft["id"], liaison["id"]],
        },
    )  # fmt: skip
    assert planned.status_code == 201, planned.content
    assert planned.json()["participants"][0]["person"]["id"] == minister
    assert [one["rule"] for one in planned.json()["warnings"]] == ["open-action-items"]
    assert invitation["reference"] in planned.json()["warnings"][0]["detail"]
    path = f"engagements/{planned.json()['id']}"
    to_raise = officer.see(f"{path}/open-items").json()
    assert [item["id"] for item in to_raise["results"]] == [item["id"] for item in promised]
    assert to_raise["on_list"] == sorted([draft["id"], liaison["id"]])

    confirmed = officer.enter(f"{path}/confirm", {}, **{"If-Match": planned["ETag"]})
    answered = [{"item": draft["id"], "answer": "done"}]
    refused = officer.enter(f"{path}/hold", {"answers": answered}, **{"If-Match": confirmed["ETag"]})
    assert (refused.status_code, refused.json()["rule"]) == (409, "list-not-answered")
    assert [one["id"] for one in refused.json()["records"]] == [liaison["id"]]
    answered.append({"item": liaison["id"], "answer": "carried", "due_on": "2027-01-31", "reason": "Not yet named"})
    held = officer.enter(
        f"{path}/hold",
        {"outcome": "The draft was handed over.", "answers": answered},
        **{"If-Match": confirmed["ETag"]},
    )
    assert held.status_code == 200, held.content
    assert (held.json()["status"], held.json()["warnings"]) == ("held", [])

    done = officer.see(f"action-items/{draft['id']}").json()
    assert (done["status"], done["evidence"]) == ("done", [planned.json()["reference"]])
    left = officer.see(f"action-items?person={minister}&is_open=true").json()["results"]
    assert [(item["text"], item["engagement"]) for item in left] == [
        ("Name a liaison officer", planned.json()["id"]),
        ("Invite to the regional conference", logged.json()["id"]),
    ]
    brief = officer.see(f"counterparts/person/{minister}/brief?on={today}")
    assert brief.status_code == 200
    assert "The draft was handed over." in brief.content.decode()
