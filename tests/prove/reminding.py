"""What a proof of reminders does in processes of its own: somebody to remind, whatever the hour; time that passes."""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django
from django.utils import timezone


def bring() -> dict[str, Any]:
    """Let somebody be reminded where it is morning now, of a promise that is overdue."""
    from engagements.reminders.services import choose_reminders
    from engagements.services import OwnerEntry
    from tests.factories import engagements as make
    from tests.factories.accounts import staff

    now = timezone.now()
    ahead = (9 - now.hour + 11) % 24 - 11  # nine in the morning there: the zones of the sea go from -12 to +14
    user = staff("officer", email="mine@example.org", time_zone=f"Etc/GMT{-ahead:+d}" if ahead else "UTC")
    choose_reminders(user, morning=True, monday=False, at=now)
    day = (now - timedelta(days=9)).date()
    make.action_item(make.engagement(), text="Send it", due_on=day, owner=OwnerEntry(user=user.pk))
    return {"zone": user.time_zone}


def wait() -> dict[str, Any]:
    """Let the time pass for which a dead worker holds its mail."""
    from engagements.reminders.models import ReminderMail

    return {"held": ReminderMail.objects.exclude(held_until=None).update(held_until=timezone.now())}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    django.setup()
    sys.stdout.write(json.dumps({"bring": bring, "wait": wait}[sys.argv[1]]()))
