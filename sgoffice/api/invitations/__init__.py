"""Invitations (RFC 5545, 5546): the first event of a received calendar, as plain values.

`content_lines` turns octets into lines, `components` finds the event, `zones` and `times` say when it is, `attendees`
who is invited, `descriptions` what about; `reading` puts it together.
"""

from sgoffice.api.invitations.attendees import Invited
from sgoffice.api.invitations.reading import Invitation, read_invitation
from sgoffice.api.invitations.times import last_day

__all__ = ["Invitation", "Invited", "last_day", "read_invitation"]
