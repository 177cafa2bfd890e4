"""What was added from the collected facts: each value names its entry there, and is what the entry says."""

from sgoffice.directory.rules import fold
from tests.facts import lines
from tests.sources import conversion

#: Topics that were shipped before, by folded name.
SHIPPED_TOPICS: dict[str, str] = {}
for _line in lines():
    if _line["kind"] == "topic" and (_line.get("added") or not _line.get("collected")):
        SHIPPED_TOPICS.setdefault(fold(_line["entry"]["name"]), _line["origin"])


def test_new_records_are_those_of_the_collected_facts():
    shipped = {line["origin"]: line for line in lines() if line.get("collected") and not line.get("added")}

    assert shipped == {line["origin"]: line for line in conversion.new_lines(SHIPPED_TOPICS)}


def test_what_was_added_to_records_is_what_the_collected_facts_say():
    shipped = {line["origin"]: line for line in lines() if line.get("added")}
    added = conversion.added_members(SHIPPED_TOPICS)
    assert shipped.keys() == added.keys()

    for origin, (members, names) in added.items():
        line = shipped[origin]
        assert line["collected"] == list(dict.fromkeys(names))
        assert set(line["added"]) == set(members)
        for name, value in members.items():
            told = line["entry"][name]
            if isinstance(value, list):
                assert conversion.merged(name, told, value) == told, (origin, name)
            elif name == "text":
                assert value in told, origin
            else:
                assert told == value, (origin, name)


def test_every_collected_entry_is_shipped_or_left_out_for_a_reason():
    told = {name for line in lines() for name in line.get("collected", ())}
    entries = {one["id"] for key, given in conversion.collected().items() if isinstance(given, list) for one in given}

    assert entries - told == conversion.LEFT_OUT.keys()
    assert told <= entries
