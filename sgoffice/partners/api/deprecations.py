"""What of the exchange is going to end, and when: a table, and the headers that it sends (RFC 9745, RFC 8594)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.http import http_date

#: What docs/partners.md promises between the announcement and the end.
NOTICE = timedelta(days=183)


@dataclass(frozen=True)
class Deprecation:
    """An address that ends, by the name of its route; `instead` is the page about what takes its place."""

    route: str
    announced_at: datetime
    ends_at: datetime
    instead: str

    def __post_init__(self) -> None:
        """Refuse a notice that is shorter than what was promised."""
        if self.ends_at - self.announced_at < NOTICE:
            message = f"{self.route} must be announced {NOTICE.days} days before it ends"
            raise ValueError(message)

    def headers(self) -> dict[str, str]:
        return {
            "Deprecation": f"@{int(self.announced_at.timestamp())}",
            "Sunset": http_date(self.ends_at.astimezone(UTC).timestamp()),
            "Link": f'<{self.instead}>; rel="deprecation", <{self.instead}>; rel="sunset"',
        }


#: Nothing ends yet.
DEPRECATIONS: tuple[Deprecation, ...] = ()


def headers_of(route: str, table: Iterable[Deprecation]) -> dict[str, str]:
    """Return the headers of a route; none if it stays."""
    return next((entry.headers() for entry in table if entry.route == route), {})
