"""The brief on real counterparts, line by line against plain SQL over the shipped data."""

import pytest
from django.db import connection

from tests.factories.accounts import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
ON = "2025-06-30"

#: Who counts for a counterpart, written out for each kind; %(key)s is the id or the code.
PRESENT = {
    "person": """
        SELECT p.engagement_id, p.id FROM engagements_participant p WHERE p.side = 'theirs' AND p.person_id = %(key)s
    """,
    "organization": """
        SELECT p.engagement_id, p.id FROM engagements_participant p
        LEFT JOIN engagements_capacity c ON c.participant_id = p.id
        WHERE p.side = 'theirs' AND (p.organization_id = %(key)s OR c.organization_id = %(key)s)
    """,
    "country": """
        SELECT p.engagement_id, p.id FROM engagements_participant p
        LEFT JOIN engagements_capacity c ON c.participant_id = p.id
        LEFT JOIN directory_organization o ON o.id = coalesce(c.organization_id, p.organization_id)
        WHERE p.side = 'theirs' AND (c.country = %(key)s OR (o.country = %(key)s
            AND o.classification IN ('national_central_bureau', 'government', 'ministry')))
    """,
}
CONTACTS = """
    WITH present AS ({present})
    SELECT e.id::text, e.reference, e.title, e.held, coalesce(nullif(e.outcome, ''), e.summary),
        (SELECT array_agg(DISTINCT coalesce(q.name, o.name, p.group_description))
         FROM engagements_participant p LEFT JOIN directory_person q ON q.id = p.person_id
         LEFT JOIN directory_organization o ON o.id = p.organization_id
         WHERE p.id IN (SELECT id FROM present WHERE engagement_id = e.id))
    FROM engagements_engagement e
    WHERE e.id IN (SELECT engagement_id FROM present) AND e.status = 'held' AND NOT e.is_in_error
      AND e.held_earliest <= %(on)s
    ORDER BY e.sort_day DESC, e.sort_rank, e.sort_at DESC, e.id DESC
"""
PEOPLE = """
    WITH present AS ({present}), met AS (
        SELECT p.person_id, e.id, e.sort_day FROM engagements_participant p
        JOIN engagements_engagement e ON e.id = p.engagement_id AND e.status = 'held' AND e.held_earliest <= %(on)s
        WHERE p.person_id IS NOT NULL AND p.side = 'theirs' AND p.attendance <> 'absent'
          AND p.mode NOT IN ('by_message', 'represented') AND {condition}
    )
    SELECT q.name, count(DISTINCT met.id), max(met.sort_day)::text FROM met JOIN directory_person q ON q.id = person_id
    GROUP BY q.id, q.name
"""
AGREEMENTS = """
    SELECT a.id::text, a.title, CASE WHEN d.status = 'in_force' THEN (
        SELECT min(lower(n.during))::text FROM agreements_period n
        WHERE n.agreement_id = a.id AND lower(n.during) > %(on)s AND n.status <> 'in_force') END
    FROM agreements_agreement a
    JOIN agreements_period d ON d.agreement_id = a.id AND d.during @> %(on)s::date
        AND d.status NOT IN ('terminated', 'expired', 'lapsed', 'superseded')
    WHERE EXISTS (SELECT FROM agreements_party y LEFT JOIN directory_organization o ON o.id = y.organization_id
                  WHERE y.agreement_id = a.id AND (y.organization_id = ANY(%(organizations)s::uuid[])
                      OR y.country = ANY(%(countries)s) OR (o.country = ANY(%(countries)s)
                          AND o.classification IN ('national_central_bureau', 'government'))))
    ORDER BY d.status <> 'in_force', a.sort, a.id
"""
DECISIONS = """
    SELECT DISTINCT d.id::text FROM appointments_decision d JOIN appointments_body b ON b.id = d.body_id
    WHERE (d.adopted_earliest IS NULL OR d.adopted_earliest <= %(on)s) AND (
        b.organization_id = ANY(%(organizations)s::uuid[])
        OR d.id IN (SELECT l.target_id FROM records_link l JOIN agreements_party y ON y.agreement_id = l.source_id
                    WHERE l.relation = 'approved_by' AND (y.organization_id = ANY(%(organizations)s::uuid[])
                        OR y.country = ANY(%(countries)s))))
"""


def ask(statement, **parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def one(statement, **parameters):
    [(found,)] = ask(statement, **parameters)
    return found


def key_of(kind, name):
    if kind == "country":
        return name
    table = {"person": "directory_person", "organization": "directory_organization"}[kind]
    return str(one(f"SELECT id FROM {table} WHERE name = %(name)s", name=name))


@pytest.fixture(
    scope="module",
    params=[
        ("country", "RU"), ("country", "SG"), ("country", "FR"), ("organization", "United Nations"),
        ("organization", "European Union Agency for Law Enforcement Cooperation"), ("person", "Ban Ki-moon"),
        ("person", "Vladimir Putin"),
    ],
    ids=lambda pair: pair[1],
)  # fmt: skip
def counterpart(request):
    return request.param


@pytest.fixture
def told(counterpart):
    kind, name = counterpart
    key = key_of(kind, name)
    answer = signed_in("viewer").see(f"counterparts/{kind}/{key}/brief?on={ON}")
    assert answer.status_code == 200, answer.content
    return kind, key, answer.json()


def bound(kind, key):
    """Return for whom the counterpart speaks: a person as they did when they were met last."""
    if kind == "organization":
        return {"organizations": [key], "countries": []}
    if kind == "country":
        return {"organizations": [], "countries": [key]}
    contacts = ask(CONTACTS.format(present=PRESENT[kind]), key=key, on=ON)
    said = ask(
        "SELECT c.organization_id::text, c.country FROM engagements_capacity c JOIN engagements_participant p"
        " ON p.id = c.participant_id WHERE p.person_id = %(key)s AND c.engagement_id = %(last)s",
        key=key,
        last=contacts[0][0],
    )
    return {
        "organizations": [body for body, _ in said if body],
        "countries": [country for _, country in said if country],
    }


def test_contacts(told):
    kind, key, brief = told
    expected = ask(CONTACTS.format(present=PRESENT[kind]), key=key, on=ON)

    shown = [
        (
            line["record"]["id"], line["record"]["reference"], line["record"]["label"], line["held"],
            sorted({one["name"] for one in line["attendees"]}),
        )
        for line in brief["last_contacts"]
    ]  # fmt: skip

    assert shown == [(*row[:4], sorted(row[5])) for row in expected[:5]]
    assert brief["contacts_total"] == len(expected) > 0
    for line, row in zip(brief["last_contacts"], expected, strict=False):
        assert row[4].startswith(line["readout"]["text"].removesuffix(" …"))
        assert line["readout"]["record"]["id"] == row[0]


def test_people(told):
    kind, key, brief = told
    condition = "p.id IN (SELECT id FROM present)"
    if kind == "person":
        condition = "e.id IN (SELECT engagement_id FROM present) AND p.person_id <> %(key)s"
    expected = ask(PEOPLE.format(present=PRESENT[kind], condition=condition), key=key, on=ON)

    days = dict(ask("SELECT id::text, sort_day::text FROM engagements_engagement"))
    shown = {(line["person"]["label"], line["times"], days[line["engagement"]["id"]]) for line in brief["people"]}

    assert shown == set(expected)
    assert brief["people_total"] == len(expected)


def test_agreements_and_their_nearest_deadline(told):
    kind, key, brief = told
    expected = ask(AGREEMENTS, on=ON, **bound(kind, key))

    shown = [
        (
            line["record"]["id"],
            line["record"]["label"],
            line["is_in_force"] and line["deadline"] and line["deadline"]["on"],
        )
        for line in brief["agreements"]
    ]

    assert shown == expected
    ends = [end for *_, end in expected if end]
    assert (brief["nearest_deadline"] and brief["nearest_deadline"]["on"]) == (min(ends) if ends else None)


def test_decisions(told):
    kind, key, brief = told
    expected = ask(DECISIONS, on=ON, **bound(kind, key))

    assert sorted(line["record"]["id"] for line in brief["decisions"]) == sorted(row[0] for row in expected)
    days = [line["adopted"] or "" for line in brief["decisions"]]
    assert days == sorted(days, reverse=True)


def test_every_line_links_to_a_record_that_is_there(told):
    _, _, brief = told
    client = signed_in("viewer")

    urls = set(addresses(brief))

    assert len(urls) > 3
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
    assert brief["marking"] == "public"


def test_the_united_nations_bind_us_by_their_resolutions():
    key = key_of("organization", "United Nations")
    brief = signed_in("viewer").see(f"counterparts/organization/{key}/brief?on={ON}").json()

    assert "A/RES/71/19" in [line["symbol"] for line in brief["decisions"]]
    assert any("United Nations" in line["record"]["label"] for line in brief["agreements"])


def test_the_page_of_a_real_counterpart_names_its_lines(told):
    kind, key, brief = told

    page = signed_in("viewer").see(f"counterparts/{kind}/{key}/brief?on={ON}&format=html").content.decode()

    for line in [*brief["last_contacts"], *brief["agreements"], *brief["decisions"]]:
        assert f'href="{line["record"]["url"]}"' in page
    for line in brief["people"]:
        assert f'href="{line["person"]["url"]}"' in page


def addresses(value):
    if isinstance(value, dict):
        if "url" in value:
            yield value["url"]
        value = list(value.values())
    if isinstance(value, list):
        for below in value:
            yield from addresses(below)
