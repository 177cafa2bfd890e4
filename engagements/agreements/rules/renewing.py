"""The terms that follow the first one of an agreement, each renewed tacitly unless notice is given in time."""

from dataclasses import dataclass
from datetime import date

from engagements.agreements.rules.spans import Duration, after, before

#: By so many days at most, months of different lengths bring the last days for notice of two terms nearer together.
_CLOSER = 4


@dataclass(frozen=True)
class Renewals:
    """Terms without end, counted from the end of the first: what notice stops, and until when it does."""

    first_end: date
    renewal: Duration
    notice: Duration

    def end(self, number: int) -> date:
        """Return the day on which the term ends that was renewed so many times: the day of the next renewal."""
        return after(self.first_end, self.renewal.times(number))

    def last_day(self, number: int) -> date:
        """Return the last day on which notice stops the renewal at that end."""
        return before(self.end(number), self.notice)

    def next_for_notice(self, day: date) -> int | None:
        """Return the number of the first renewal that notice on the day still stops; None where the calendar ends."""
        if self.last_day(0) >= day:
            return 0
        # no term is longer than that many days, so that this many of them are too late
        longest = self.renewal.months * 31 + self.renewal.days
        number = max(0, ((day - self.last_day(0)).days - _CLOSER) // longest)
        while self.last_day(number) < day:
            if self.end(number) == date.max:
                return None
            number += 1
        return number
