"""Invitations for tests, and what is proposed for them."""


def invitation(*lines, start="DTSTART;TZID=Asia/Singapore:20260320T093000", summary="Meeting with the Minister"):
    event = ["BEGIN:VEVENT", "UID:1@example.org", "DTSTAMP:20260301T080000Z", start, f"SUMMARY:{summary}", *lines]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", *event, "END:VEVENT", "END:VCALENDAR", ""])


def proposed(client, text, **more):
    answer = client.enter("engagements/from-calendar", {"calendar": text, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()
