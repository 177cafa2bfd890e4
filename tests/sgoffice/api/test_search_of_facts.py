"""The search over the shipped facts, against plain loops over every document."""

import unicodedata
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest
from django.db import connection

from sgoffice import documents
from sgoffice.directory.models import Organization
from sgoffice.directory.rules import fold
from sgoffice.records.models import Document, Entry
from sgoffice.records.partial_dates import PartialDate
from sgoffice.search.transliteration import in_latin_word
from tests.factories.accounts import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
QUERIES = (
    "terrorism", "yaounde terrorism", "stock jurgen", "un", "unodc", "88", "minister", "police", "lyon", "france",
    "noble", "memorandum", "ga", "secretary general", "A/RES/71/19", "córdoba", "security council new york", "2016",
)  # fmt: skip
DATED_BY = {
    "engagement": ["held"],
    "agreement": ["signed"],
    "session": ["begins"],
    "decision": ["adopted"],
    "appointment": ["start", "appointed", "proposed"],
    "membership": ["start_date"],
    "affiliation": ["start_date"],
    "mandate": ["due_on"],
    "action_item": ["due_on"],
}
COUNTRIES = {
    "engagement": lambda shown: [
        shown["country"],
        *(capacity["country"] for one in shown["participants"] for capacity in one["capacities"]),
    ],
    "agreement": lambda shown: [one["country"] for one in shown["parties"]],
    "country": lambda shown: [shown],
    "office": lambda shown: [shown["country"]],
    "organization": lambda shown: [shown["country"], shown["seat_country"]],
    "session": lambda shown: [shown["country"]],
}
SPEAKS = ("national_central_bureau", "government", "ministry")


def at(node, path):
    """Yield what stands at a path, found in the plainest way."""
    if isinstance(node, list):
        for below in node:
            yield from at(below, path)
    elif not path:
        yield from [str(node)] if node not in (None, "") else []
    elif isinstance(node, dict):
        for name in node if path[0] == "*" else [path[0]]:
            yield from at(node.get(name), path[1:])


def pointed_at(node, pointer):
    for step in pointer.split("/")[1:]:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return str(node)


def entered_on(key):
    """The day in an id (RFC 9562, version 7): what has no day of its own is found by it."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, tz=UTC).date()


@pytest.fixture(scope="module")
def register(loaded_register, django_db_blocker):
    """Every live record: its kind, words, countries and first day."""
    with django_db_blocker.unblock():
        return found_by_hand()


def found_by_hand():
    live = set(Entry.objects.filter(is_in_error=False, merged_into=None).values_list("pk", flat=True))
    searched = {kind: recipe.searched for kind, recipe in documents.recipes().items()}
    shown = {one.record_id: (one.kind, orjson.loads(bytes(one.body)), one.embeds) for one in Document.objects.all()}
    speaks = dict(Organization.objects.filter(classification__in=SPEAKS).values_list("pk", "country"))

    def texts(key, *, names=False):
        kind, document, embeds = shown[key]
        paths = searched[kind].titles if names else (*searched[kind].titles, *searched[kind].texts)
        yield from (text for path in paths for text in at(document, path.split(".")))
        for other in () if names else embeds:
            yield from texts(other, names=True)

    return {
        str(key): (
            kind,
            {one for text in texts(key) for word in fold(text).split() for one in (word, in_latin_word(word)) if one},
            {one["code"] for one in COUNTRIES.get(kind, lambda _: [])(document) if one}
            | {speaks[one] for one in embeds if speaks.get(one)},
            next(
                (PartialDate.parse(document[name]).earliest for name in DATED_BY.get(kind, []) if document[name]),
                entered_on(key) if searched[kind].is_dated else None,
            ),
        )
        for key, (kind, document, embeds) in shown.items()
        if key in live
    }


def by_hand(register, query):
    """Return what holds all words: one of three letters anywhere in a word, a shorter one where a word begins."""
    wanted = fold(query).split()
    return {
        key: told
        for key, told in register.items()
        if all(any(word in known if len(word) > 2 else known.startswith(word) for known in told[1]) for word in wanted)
    }


def every(client, query, **parameters):
    """Read all pages; return the ids in their order, and the facets of the first."""
    answer = client.get("/api/v1/search", {"q": query, "limit": 37, **parameters}).json()
    told, found = answer["facets"], [one["id"] for one in answer["results"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        found += [one["id"] for one in answer["results"]]
    return found, {name: {one["value"]: one["count"] for one in told[name]} for name in ("kind", "country", "year")}


def counted(hits):
    return {
        "kind": Counter(kind for kind, *_ in hits),
        "country": Counter(code for _, _, countries, _ in hits for code in countries),
        "year": Counter(str(day.year) for *_, day in hits if day),
    }


@pytest.mark.parametrize("query", QUERIES)
def test_hits_facets_and_order_are_those_of_a_plain_loop(register, query):
    client, wanted = signed_in("viewer"), by_hand(register, query)

    found, facets = every(client, query)

    assert len(found) == len(set(found))
    assert set(found) == wanted.keys()
    assert facets == counted(wanted.values())
    days = [wanted[key][3] for key in found if wanted[key][3]]
    assert days == sorted(days, reverse=True)
    assert all(wanted[key][3] is None for key in found[len(days) :])


@pytest.mark.parametrize("query", ["terrorism", "minister", "un"])
def test_narrowed_it_is_still_a_plain_loop(register, query):
    client, wanted = signed_in("viewer"), by_hand(register, query)
    kinds, codes, years = {"engagement", "agreement"}, {"FR", "US"}, {2013, 2016, 2019}

    found, facets = every(
        client, query, kind=",".join(kinds), country=",".join(codes), year=",".join(map(str, years)), order="relevance"
    )

    def passing(*, kind=True, country=True, year=True):
        return [
            key
            for key, told in wanted.items()
            if (not kind or told[0] in kinds)
            and (not country or told[2] & codes)
            and (not year or (told[3] and told[3].year in years))
        ]

    def of(keys):
        return counted([wanted[key] for key in keys])

    assert set(found) == set(passing())
    assert facets == {
        "kind": of(passing(kind=False))["kind"],
        "country": of(passing(country=False))["country"],
        "year": of(passing(year=False))["year"],
    }


@pytest.mark.parametrize("query", QUERIES)
def test_accents_case_and_order_of_words_make_no_difference(query):
    client = signed_in("viewer")
    accented = "".join(unicodedata.normalize("NFC", one + "\u0301") if one in "aeiou" else one for one in query)
    turned = " ".join(reversed(query.upper().split()))

    answers = [client.get("/api/v1/search", {"q": one}).json() for one in (query, accented, turned)]

    assert len({one["next"] is None for one in answers}) == 1
    for name in ("facets", "results"):
        plain = [[hit["id"] for hit in answer[name]] if name == "results" else answer[name] for answer in answers]
        assert plain[0] == plain[1] == plain[2]


@pytest.mark.parametrize("query", QUERIES)
def test_every_word_is_shown_where_it_stands(query):
    client, words = signed_in("viewer"), fold(query).split()

    for hit in client.get("/api/v1/search", {"q": query, "limit": 200}).json()["results"]:
        pieces = [piece for match in hit["matches"] for piece in match["segments"]]
        shown = [fold(piece["text"]) for piece in pieces if piece["is_match"]]
        shown += [in_latin_word(one) for one in shown]
        assert all(any(word in one for one in shown) for word in words), hit
        for match in hit["matches"]:
            shown_there = documents.fetch_document(documents.model_of(match["kind"]), UUID(match["id"]))
            whole = pointed_at(orjson.loads(shown_there.body), match["pointer"])
            assert all(whole[one["start"] :].startswith(one["text"]) for one in match["segments"])


def test_what_is_searched_does_not_depend_on_what_was_entered_first():
    """Each row says what it would say if it were made now, when everything that it names is there."""

    def rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT record_id, md5(s::text) FROM records_searchrow s")
            return dict(cursor.fetchall())

    before = rows()
    for recipe in documents.recipes().values():
        documents.store_documents(recipe.model, list(recipe.model.objects.values_list("pk", flat=True)))

    assert before.keys() == set(Entry.objects.values_list("pk", flat=True))
    assert {key for key, digest in rows().items() if before[key] != digest} == set()


def test_a_name_in_cyrillic_finds_the_name_in_latin_letters():
    found = signed_in("viewer").get("/api/v1/search", {"q": "Владимир Путин", "kind": "person"}).json()["results"]

    assert [one["label"] for one in found] == ["Vladimir Putin"]
