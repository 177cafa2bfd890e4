"""Ids and references. No database."""

import re
import time

from sgoffice.records.identifiers import ALPHABET, draw_references_from, new_reference, uuid7


def test_ids_are_version_7_of_the_standard_variant_and_differ():
    made = [uuid7() for _ in range(2000)]

    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert len(set(made)) == len(made)


def test_ids_of_a_later_millisecond_are_greater():
    first = uuid7()
    time.sleep(0.002)
    second = uuid7()

    assert first < second
    assert abs((second.int >> 80) - time.time() * 1000) < 1000


def test_reference_is_prefix_year_and_six_letters_that_survive_the_telephone():
    made = new_reference("SG", 2026)

    assert re.fullmatch(rf"SG-2026-[{ALPHABET}]{{6}}", made)
    assert not set("ILOU") & set(ALPHABET)


def test_the_generator_of_references_can_be_given():
    with draw_references_from(lambda: "000001"):
        inside = new_reference("AGR", 1994)

    assert inside == "AGR-1994-000001"
    assert new_reference("AGR", 1994) != inside
