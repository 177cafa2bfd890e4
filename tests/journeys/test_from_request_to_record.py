"""A letter asks for a meeting: inbox, diary, log with the file of the readout; never on a list where it is not."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.engagements.files import PDF


def stages_of(client, record):
    """Return the lists on which the record stands."""
    return [
        stage
        for stage in ("inbox", "diary", "log")
        if record in [one["id"] for one in client.see(f"engagements?stage={stage}&limit=200").json()["results"]]
    ]


def test_a_request_becomes_a_record(officer):
    today = timezone.localdate()
    asked = officer.enter(
        "engagements",
        {
            "title": "Courtesy call by the Ambassador of Kenya", "kind": "courtesy_call", "status": "requested",
            "initiative": "theirs", "level": "ambassador", "reply_by": (today + timedelta(days=14)).isoformat(),
            "responsible": str(officer.user.pk),
            "participants": [{"person": {"name": "Wanjiru Example"}, "title": "Ambassador", "country": "KE"}],
        },
    )  # fmt: skip
    assert asked.status_code == 201, asked.content
    record = asked.json()["id"]
    path = f"engagements/{record}"
    assert stages_of(officer, record) == ["inbox"]

    too_early = officer.enter(f"{path}/confirm", {}, **{"If-Match": asked["ETag"]})
    assert (too_early.status_code, too_early.json()["rule"]) == (409, "no-such-step")

    accepted = officer.enter(f"{path}/accept", {"held": today.isoformat()}, **{"If-Match": asked["ETag"]})
    assert (accepted.status_code, accepted.json()["status"]) == (200, "tentative")
    assert stages_of(officer, record) == ["diary"]

    stale = officer.enter(f"{path}/confirm", {}, **{"If-Match": asked["ETag"]})
    assert stale.status_code == 412
    confirmed = officer.enter(f"{path}/confirm", {}, **{"If-Match": stale["ETag"]})
    assert (confirmed.status_code, confirmed.json()["status"]) == (200, "confirmed")
    assert officer.see(f"{path}/calendar", Accept="text/calendar").content.count(b"BEGIN:VEVENT") == 1

    held = officer.enter(
        f"{path}/hold",
        {"outcome": "Kenya will host the regional conference.", "principal_attendance": "attended"},
        **{"If-Match": confirmed["ETag"]},
    )
    assert (held.status_code, held.json()["status"]) == (200, "held")
    assert stages_of(officer, record) == ["log"]

    file = officer.post(
        "/api/v1/attachments",
        {"engagement": record, "title": "Readout", "file": SimpleUploadedFile("readout.pdf", PDF, "application/pdf")},
    )
    assert file.status_code == 201, file.content
    assert officer.see(f"attachments?engagement={record}").json()["results"] == [file.json()]
    assert officer.see(f"attachments/{file.json()['id']}/content").content == PDF
    verbs = [one["verb"] for one in officer.see(f"{path}/history").json()["results"] if one["table"].endswith("ment")]
    assert verbs == ["hold", "confirm", "accept", "log"]
