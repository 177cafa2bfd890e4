"""The IANA time zones that a place can have."""

from functools import cache
from zoneinfo import available_timezones

#: The database of the machine holds these beside the zones of places: what they mean differs from server to server.
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def time_zone_names() -> frozenset[str]:
    return frozenset(available_timezones()) - _NO_PLACES
