"""Which member of staff is meant where an id is taken."""

from sgoffice.accounts.models import User
from sgoffice.changes.called import Meant, Names, finds
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.readership import Readership
from sgoffice.records.references import STAFF
from sgoffice.search.folding import fold


@finds(STAFF)
def find_member_of_staff(text: str, by: Actor, readers: Readership | None) -> Names:
    """Return the only active member of staff with that user name, e-mail address or name; or those who have it.

    One kind of name is no better than another: nobody is meant by what is also the name of somebody else.
    """
    del readers  # staff are known to all staff
    if not by.may(Permission.READ):
        return Names()
    rows = User.objects.filter(is_active=True)
    found = [one for one in rows.order_by("pk") if _is_called(one, text)]
    meant = tuple(Meant(one.pk, STAFF, str(one), f"has the user name {one.username}") for one in found)
    return Names(sure=meant[0]) if len(meant) == 1 else Names(candidates=meant)


def _is_called(one: User, text: str) -> bool:
    if text.casefold() in {one.username.casefold(), one.email.casefold()}:
        return True
    return fold(text) in {fold(one.display_name), fold(one.get_full_name())}
