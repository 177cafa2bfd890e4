"""Many clients at once, with real commits: one change wins, one key enters once."""

from collections import Counter

import pytest

from engagements.models import Engagement
from sgoffice.accounts.models import User
from sgoffice.directory.models import Person
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import Register, staff


@pytest.mark.usefixtures("fresh_database")
def test_of_a_hundred_changes_of_one_version_one_wins(in_threads):
    record = make.engagement()
    user = staff("officer")

    def change(number):
        client = Register(User.objects.get(pk=user.pk))
        bodies = ({"venue": f"Room {number}, {turn}"} for turn in range(2))
        return [client.correct(f"engagements/{record.pk}", body, **{"If-Match": '"1"'}).status_code for body in bodies]

    answers = Counter(status for pair in in_threads(50, change) for status in pair)

    assert answers == {200: 1, 412: 99}
    assert Register(user).see(f"engagements/{record.pk}").json()["version"] == 2


@pytest.mark.usefixtures("fresh_database")
def test_twenty_times_one_key_at_once_enters_one_record_and_answers_alike(in_threads):
    user = staff("officer")
    directory.country("SG", "Singapore")
    body = {
        "title": "Call",
        "kind": "courtesy_call",
        "status": "held",
        "held": "2024-05-15",
        "participants": [{"person": {"name": "Josephine Teo"}, "country": "SG", "title": "Minister"}],
        "action_items": [{"text": "Send the draft"}],
    }

    def enter(_):
        client = Register(User.objects.get(pk=user.pk))
        answer = client.enter("engagements", body, **{"Idempotency-Key": "one-and-the-same"})
        return answer.status_code, answer.json().get("id")

    answers = in_threads(20, enter)

    assert {status for status, _ in answers} <= {201, 409}
    entered = {key for status, key in answers if status == 201}
    assert len(entered) == 1
    assert Engagement.objects.count() == Person.objects.count() == 1
    assert enter(0) == (201, entered.pop())
