"""A letter asks for a meeting: inbox, diary, log with the file of the readout; never on a list where it is not."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.engagements.files import PDF


def test_a_request_becomes_a_record(officer):
    asked = requested(officer)
    record = asked.json()["id"]
    path = f"engagements/{record}"
    assert stages_of(officer, record) == ["inbox"]
    too_early = officer.enter(f"{path}/confirm", {}, **{"If-Match": asked["ETag"]})
    assert (too_early.status_code, too_early.json()["rule"]) == (409, "no-such-step")

    today = timezone.localdate().isoformat()
    accepted = officer.enter(f"{path}/accept", {"held": today}, **{"If-Match": asked["ETag"]})
    assert (accepted.status_code, accepted.json()["status"]) == (200, "tentative")
    assert stages_of(officer, record) == ["diary"]

    stale = officer.enter(f"{path}/confirm", {}, **{"If-Match": asked["ETag"]})
    confirmed = officer.enter(f"{path}/confirm", {}, **{"If-Match": stale["ETag"]})
    assert (stale.status_code, confirmed.status_code, confirmed.json()["status"]) == (412, 200, "confirmed")
    assert officer.see(f"{path}/calendar", Accept="text/calendar").content.count(b"BEGIN:VEVENT") == 1

    outcome = {"outcome": "Kenya will host the regional conference.", "principal_attendance": "attended"}
    held = officer.enter(f"{path}/hold", outcome, **{"If-Match": confirmed["ETag"]})
    assert (held.status_code, held.json()["status"]) == (200, "held")
    assert stages_of(officer, record) == ["log"]

    file = SimpleUploadedFile("readout.pdf", PDF, "application/pdf")
    attached = officer.post("/api/v1/attachments", {"engagement": record, "title": "Readout", "file": file})
    assert attached.status_code == 201, attached.content
    assert officer.see(f"attachments?engagement={record}").json()["results"] == [attached.json()]
    assert officer.see(f"attachments/{attached.json()['id']}/content").content == PDF
    verbs = [one["verb"] for one in officer.see(f"{path}/history").json()["results"] if one["table"].endswith("ment")]
    assert verbs == ["hold", "confirm", "accept", "log"]


def requested(officer):
    """Enter the request of a letter, with who sees to it and until when."""
    answer = officer.enter(
        "engagements",
        {
            "title": "Courtesy call by the Ambassador of Kenya", "kind": "courtesy_call", "status": "requested",
            "initiative": "theirs", "level": "ambassador", "responsible": str(officer.user.pk),
            "reply_by": (timezone.localdate() + timedelta(days=14)).isoformat(),
            "participants": [{"person": {"name": "Wanjiru Example"}, "title": "Ambassador", "country": "KE"}],
        },
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    return answer


def stages_of(client, record):
    """Return the lists on which the record stands."""
    return [
        stage
        for stage in ("inbox", "diary", "log")
        if record in [one["id"] for one in client.see(f"engagements?stage={stage}&limit=200").json()["results"]]
    ]
