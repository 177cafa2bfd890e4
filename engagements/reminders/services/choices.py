"""Which reminders somebody wants: their own choice alone."""

from datetime import datetime

from engagements.reminders.models import ReminderChoice
from sgoffice.accounts.models import User
from sgoffice.records.errors import InvalidEntry


def choice_of(user: User) -> ReminderChoice | None:
    return ReminderChoice.objects.filter(user=user).first()


def choose_reminders(user: User, *, morning: bool, monday: bool, at: datetime) -> None:
    """Keep what a member of staff asks for; raises InvalidEntry for who has no address to write to."""
    if (morning or monday) and not user.email:
        raise InvalidEntry([("", "An administrator has to enter your e-mail address first.")])
    defaults = {"morning": morning, "monday": monday, "chosen_at": at}
    ReminderChoice.objects.update_or_create(user=user, defaults=defaults)
