"""What the site shows today: the lines that two people agreed on as they are, and that others were withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from engagements.public_register.rules import Agreed, Publication, PublicLine, agreed_by, digest_of
from engagements.public_register.services.lines import public_lines
from engagements.public_register.services.publications import published


@dataclass(frozen=True)
class Withdrawn:
    """An entry that was published and is not shown. Nothing is read of its record: it may be hidden by now."""

    reference: str
    published_at: datetime
    #: Whether it is public still, and says something else than what was agreed on.
    is_changing: bool


@dataclass(frozen=True)
class Site:
    """All that the site is made of."""

    publications: tuple[Publication, ...]
    lines: tuple[PublicLine, ...]
    #: When each line was agreed on, by id.
    agreed: dict[str, Agreed]
    withdrawn: tuple[Withdrawn, ...]

    @property
    def updated_at(self) -> datetime | None:
        """When something was last published."""
        return max((one.at for one in self.publications), default=None)

    @property
    def periods(self) -> tuple[Publication, ...]:
        """The newest publication of each period, the newest period first."""
        newest = {(one.first, one.last): one for one in self.publications}
        return tuple(sorted(newest.values(), key=lambda one: (one.last, one.first), reverse=True))

    def lines_of(self, publication: Publication) -> int:
        """Count what is shown of a period."""
        return sum(line.id in publication.lines for line in self.lines)


def site_now() -> Site:
    """Return what the site shows now. What is raised, in error or corrected since is left out at once."""
    publications = tuple(published())
    agreed = agreed_by(publications)
    public = {line.id: line for line in public_lines()} if agreed else {}
    shown = [line for key, line in public.items() if key in agreed and digest_of(line) == agreed[key].digest]
    ids = {line.id for line in shown}
    withdrawn = [Withdrawn(one.reference, one.at, key in public) for key, one in agreed.items() if key not in ids]
    lines = tuple(sorted(shown, key=lambda line: (line.first, line.last, line.id), reverse=True))
    return Site(publications, lines, agreed, tuple(sorted(withdrawn, key=lambda one: one.reference)))
