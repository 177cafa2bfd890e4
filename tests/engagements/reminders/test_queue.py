"""Reminders through a real SMTP server: the right people, once, in their zone and language, nothing restricted."""

from datetime import date, datetime, timedelta

import pytest

from engagements.reminders import services
from engagements.reminders.models import ReminderMail
from engagements.services import OwnerEntry
from sgoffice.accounts.services import set_active
from sgoffice.records.actors import OFFICE
from tests.engagements.reminders.mails import MONDAY, reader, sent
from tests.engagements.reports.deadlines import LIVE, RENEWED
from tests.factories import agreements as agreed
from tests.factories import engagements as make
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db


def test_a_morning_has_what_is_mine_and_the_meetings_of_today(postbox):
    mine, other = reader("mine"), staff("officer")
    met = make.engagement(title="Where it was promised", **LIVE)
    for text, day, owner in (
        ("Long overdue", date(2026, 11, 20), mine), ("Due today", date(2026, 11, 30), mine),
        ("Due later", date(2026, 12, 5), mine), ("Of another", date(2026, 11, 20), other),
    ):  # fmt: skip
        make.action_item(met, text=text, due_on=day, owner=OwnerEntry(user=owner.pk))
    begins = datetime.fromisoformat("2026-11-30T14:30:00+01:00")
    hours = {"starts_at": begins, "ends_at": begins + timedelta(hours=1), "time_zone": "Europe/Paris"}
    make.engagement(title="Today's meeting", status="confirmed", **hours)
    make.engagement(title="Tomorrow's meeting", status="confirmed", held="2026-12-01")
    make.engagement(title="What came of it", status="confirmed", held="2026-11-20", responsible=mine.pk)
    make.engagement(title="What came of another", status="confirmed", held="2026-11-20", responsible=other.pk)

    assert sent() == (1, 0)

    [text] = postbox.texts().values()
    assert "14:30 · Today's meeting · SG-2026-" in text
    assert [word in text for word in ("Long overdue", "Due today", "What came of it")] == [True] * 3
    assert [word in text for word in ("Due later", "Of another", "Tomorrow", "came of another")] == [False] * 4
    assert "https://register.example.org/desk/me/reminders" in text
    [mail] = postbox.mails
    assert mail["Subject"] == "Your day, 30 November 2026"
    assert mail["Message-ID"] == f"<morning.20261130.{mine.pk}@localhost>"


def test_nothing_restricted_is_in_a_mail_even_of_its_reader(postbox):
    chief = reader("chief", role="approver", monday=True)
    hidden = make.engagement(title="Zqxcanary talk", status="confirmed", held="2026-11-30", marking="restricted")
    make.action_item(hidden, text="Zqxcanary item", due_on=date(2026, 11, 30), owner=OwnerEntry(user=chief.pk))
    agreed.agreement(
        agreed.act("entry_into_force", "2022-06-30"), title="Zqxcanary accord", marking="restricted", **RENEWED
    )
    make.engagement(title="Plain talk", status="confirmed", held="2026-11-30")

    sent()

    assert "Plain talk" in postbox.texts()["chief@example.org"]
    [text] = [one.get_content() for one in postbox.mails]
    assert (hidden.reference in text, "Zqx" in text) == (False, False)


def test_monday_tells_the_deadlines_in_the_language_of_the_reader(postbox):
    reader("french", language="fr", morning=False, monday=True)
    reader("english", morning=False, monday=True)
    made = agreed.agreement(agreed.act("entry_into_force", "2022-06-30"), **LIVE | RENEWED)

    assert sent() == (2, 0)
    assert sent(MONDAY + timedelta(days=1)) == (0, 0)

    french, english = (postbox.texts()[f"{name}@example.org"] for name in ("french", "english"))
    assert "30 décembre 2026 · Dénoncez l’accord le 30 décembre 2026 au plus tard" in french
    assert "30 December 2026 · Give notice by" in english
    assert made.reference in french
    assert made.reference in english
    assert [one["Content-Language"] for one in postbox.mails] == ["fr", "en"]


def test_a_mail_comes_once_in_the_morning_of_each_zone(postbox):
    for name, zone in (("paris", "Europe/Paris"), ("tokyo", "Asia/Tokyo"), ("lima", "America/Lima")):
        reader(name, zone)
    for day in (29, 30):
        make.engagement(title="Talk", status="confirmed", held=f"2026-11-{day}", allow_duplicate=True)
    make.engagement(title="Talk later", status="confirmed", held="2026-12-01")
    hours = [MONDAY.replace(hour=0) + timedelta(hours=number) for number in range(24)]

    came = {}
    for hour in hours:
        before = len(postbox.mails)
        sent(hour)
        came |= {str(one["To"]).partition("@")[0]: hour.hour for one in postbox.mails[before:]}

    # Tokyo's Monday begins at 22:00 of Sunday in UTC, and its Tuesday at 22:00 of Monday
    assert {"paris": came["paris"], "lima": came["lima"]} == {"paris": 6, "lima": 12}
    assert sorted(str(one["Message-ID"]) for one in postbox.mails) == sorted(
        {str(one["Message-ID"]) for one in postbox.mails}
    )
    assert [str(one["To"]) for one in postbox.mails].count("tokyo@example.org") == 2


def test_only_who_asked_and_may_sign_in_gets_a_mail(postbox):
    make.engagement(title="Talk", status="confirmed", held="2026-11-30")
    staff("officer", email="silent@example.org")
    ended, gone = reader("ended"), reader("gone")
    services.choose_reminders(ended, morning=False, monday=False, at=MONDAY)
    set_active(gone.pk, is_active=False, by=OFFICE, at=MONDAY)
    reader("quiet", monday=True, morning=False)

    assert sent() == (0, 0)
    assert postbox.mails == []
    assert not ReminderMail.objects.get().was_sent  # nothing comes up: no empty mail


def test_a_server_that_is_away_gets_the_mail_later_and_a_lost_answer_makes_one_more(postbox, settings):
    reader("mine")
    make.engagement(title="Talk", status="confirmed", held="2026-11-30")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    for number in range(4):
        assert sent(MONDAY + services.outbox.REST * 2 * number) == (0, 1)
    settings.EMAIL_PORT = port

    assert sent(MONDAY + timedelta(hours=2)) == (1, 0)
    assert sent(MONDAY + timedelta(hours=3)) == (0, 0)
    assert len(postbox.mails) == 1
