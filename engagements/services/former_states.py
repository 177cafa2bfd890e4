"""Warn of States that had ceased before an engagement: as its place, or as those for whom somebody speaks."""

from collections.abc import Collection

from engagements.models import Engagement
from engagements.rules.principals import EngagementWarning
from engagements.rules.times import Days
from engagements.services.entries import EngagementEntry
from sgoffice.directory.models import Country
from sgoffice.records.entries import Correction, to_json

_RULE = "country-had-ceased"
_CODE_OF_TODAY = 2  # letters: of ISO 3166-1; only longer codes are of former States


def warn_of_former_states(engagement: Engagement, given: Correction[EngagementEntry], days: Days | None) -> None:
    """Set the warnings of an open engagement about States that had ceased before its first day."""
    named = {"/country": {engagement.country_id}, "/participants": _spoken_for(engagement, given)}
    others = [warning for warning in engagement.warnings if warning["rule"] != _RULE]
    found = [one for pointer, codes in named.items() for one in _warnings(pointer, codes, days)]
    engagement.warnings = [*others, *to_json(found)]


def _spoken_for(engagement: Engagement, given: Correction[EngagementEntry]) -> set[str | None]:
    """Return the countries in the capacities of the participants, as given now or as stored."""
    if "participants" in given:
        return {capacity.country for one in given.get("participants") for capacity in one.capacities}
    return {capacity.country_id for capacity in engagement.capacities.all()}


def _warnings(pointer: str, codes: Collection[str | None], days: Days | None) -> list[EngagementWarning]:
    former = [code for code in codes if code and len(code) > _CODE_OF_TODAY]
    if days is None or not former:
        return []
    ceased = Country.objects.filter(code__in=former, ended_latest__lt=days.earliest).order_by("code")
    return [EngagementWarning(_RULE, f"{one.name} ceased on {one.ended}, before this.", pointer) for one in ceased]
