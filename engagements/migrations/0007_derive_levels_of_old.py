from django.db import migrations

from engagements.rules.levels import Seat, derive_levels, precedence
from engagements.rules.titles import Office
from engagements.vocabulary import LevelBasis
from sgoffice.records.data_migrations import ChangeRecords


def without_levels(rows):
    return rows("engagements.Engagement").filter(counterpart_levels=[])


def derive(rows, ids):
    engagements = rows("engagements.Engagement").filter(pk__in=ids)
    for one in engagements.prefetch_related("participants__capacities__organization__merged_into"):
        derived = derive_levels(seats(one))
        levels = {found.level.value for found in derived}
        values = {}
        if one.level:
            levels.add(one.level)
        elif derived:
            first = derived[0]
            basis = {
                "rests_on": first.rests_on,
                "title": first.title,
                "pointer": first.pointer,
                "doubt": first.doubt,
            }
            values = {"level": first.level, "level_basis": basis}
        if levels:
            values["counterpart_levels"] = sorted(levels, key=precedence)
            rows("engagements.Engagement").filter(pk=one.pk).update(**values)


def seats(engagement):
    participants = sorted(engagement.participants.all(), key=lambda one: one.position)
    for place, one in enumerate(participants):
        is_away = one.mode == "represented" or one.attendance == "absent" or one.response == "declined"
        if one.side != "theirs" or is_away:
            continue
        capacities = sorted(one.capacities.all(), key=lambda capacity: capacity.position)
        for number, capacity in enumerate(capacities):
            yield Seat(f"/participants/{place}/capacities/{number}", capacity.title, office(capacity))
        if one.group_description and not any(capacity.title for capacity in capacities):
            where = office(capacities[0]) if capacities else Office()
            yield Seat(f"/participants/{place}/group/description", one.group_description, where, LevelBasis.GROUP)


def office(capacity):
    body = capacity.organization and (capacity.organization.merged_into or capacity.organization)
    if body is None:
        return Office(country=capacity.country_id or "")
    return Office(body.classification, capacity.country_id or body.country_id or "")


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("engagements", "0006_derive_levels"), ("directory", "0001_initial")]

    operations = [
        ChangeRecords(without_levels, derive, reason="The level follows from the titles of the counterparts"),
    ]
