"""GET /search over what is made here: who finds what, by which words, in which order, and where they stand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sgoffice import documents
from sgoffice.changes import corrections, merging
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.directory.models import Person
from sgoffice.directory.services import OtherName
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import SearchRow
from tests.factories import agreements, directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.searches import facets, found, marked, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer():
    return signed_in("viewer")


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("Đorđe Łukasz Sørensen Strauß", ["dorde strauss", "Đorđe", "Łukasz", "lukasz SORENSEN", "STRAUẞ", "ørens"]),
        ("أحمد ناصر الريسي", ["أحمد", "احمد ناصر", "ريسي"]),
        ("Владимир Колокольцев", ["колокольцев", "ВЛАДИМИР", "Колоколь"]),
        ("习近平", ["习近平", "习近", "近平", "平"]),
        ("José Núñez de la Peña", ["Núñez", "nunez", "PENA jose"]),
    ],
)
def test_names_of_all_scripts_are_found_and_so_is_what_names_them(viewer, name, queries):
    person = directory.person(name)
    meeting = make.engagement(participants=(make.theirs(person=person),))
    make.engagement()

    for query in queries:
        assert set(found(viewer, query)) == {str(person.pk), str(meeting.pk)}, query


def test_a_meeting_is_found_by_every_name_of_whom_it_names(viewer):
    body = directory.organization(
        "United Nations Office on Drugs and Crime", acronym="UNODC", other_names=(OtherName(name="ONUDC"),)
    )
    meeting = make.engagement(participants=(make.theirs(organization=body),))

    [hit] = [one for one in search(viewer, "onudc")["results"] if one["kind"] == "engagement"]

    assert hit["id"] == str(meeting.pk)
    assert marked(hit) == {("organization", "/other_names/0/name"): "[ONUDC]"}


def test_the_search_follows_a_change_of_name(viewer):
    person = directory.person("Josephine Teo")
    meeting = make.engagement(participants=(make.theirs(person=person),))

    with change(Person, person.pk, verb="correct", by=OFFICE, expected=ANY_VERSION) as record:
        record.name = "Aloysius Tan"
        record.refresh_search()

    assert found(viewer, "teo") == []
    assert set(found(viewer, "aloysius")) == {str(person.pk), str(meeting.pk)}


def test_what_was_merged_is_found_as_its_survivor_until_it_is_unmerged(viewer):
    survivor, other = directory.person("Josephine Teo"), directory.person("Teo Li Min")
    meeting = make.engagement(participants=(make.theirs(person=other),))
    options = {"by": OFFICE, "expected": ANY_VERSION, "reason": "One person"}

    merging.merge(Person, survivor.pk, other=other.pk, **options)
    assert set(found(viewer, "li min")) == {str(survivor.pk), str(meeting.pk)}
    assert set(found(viewer, "josephine")) == {str(survivor.pk), str(meeting.pk)}

    merging.unmerge(Person, survivor.pk, other=other.pk, **options)
    assert set(found(viewer, "li min")) == {str(other.pk), str(meeting.pk)}
    assert found(viewer, "josephine") == [str(survivor.pk)]


def test_what_was_entered_in_error_is_not_found_until_it_is_restored(viewer):
    meeting = make.engagement(title="On zebras")
    options = {"by": OFFICE, "expected": ANY_VERSION, "reason": "Twice"}

    corrections.enter_in_error(type(meeting), meeting.pk, **options)
    assert search(viewer, "zebras")["results"] == []
    assert facets(search(viewer, "zebras"))["kind"] == {}

    corrections.restore(type(meeting), meeting.pk, **options)
    assert found(viewer, "zebras") == [str(meeting.pk)]


def test_every_kind_of_record_says_what_of_it_is_searched(viewer):
    addresses = {recipe.searched.address for recipe in documents.recipes().values()}

    assert len(addresses) == len(documents.recipes())
    assert {address: viewer.see(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_newest_is_by_the_day_it_is_about_and_what_has_none_comes_last(viewer):
    body = directory.organization("Zebra society")
    old, new = (make.engagement(title="On zebras", held=held) for held in ("2011-05", "2019-12-31"))
    agreement = agreements.in_force_since("2015-01-01", title="Zebra agreement")

    ids = found(viewer, "zebra")

    assert ids == [str(new.pk), str(agreement.pk), str(old.pk), str(body.pk)]


def test_relevance_puts_titles_before_texts_and_whole_words_before_parts_then_the_newest(viewer):
    def of(held, **values):
        return str(make.engagement(held=held, **values).pk)

    texts = of("2024-01-01", summary="It was about a zebra.")
    inside = of("2023-01-01", title="The wildzebra")
    begins = of("2022-01-01", title="The zebrafish")
    whole = of("2020-01-01", title="The zebra")
    newer = of("2021-01-01", title="The zebra")

    assert found(viewer, "zebra", order="relevance") == [newer, whole, begins, inside, texts]
    assert found(viewer, "zebra", order="newest") == [texts, inside, begins, newer, whole]


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_pages_follow_each_other_without_gap_or_repetition_in_both_directions(viewer, order):
    for number in range(13):
        make.engagement(title=f"Zebra {'zebra fish' if number % 3 else ''}", held=f"2024-05-{1 + number // 2:02}")
    whole = found(viewer, "zebra", order=order)

    pages, address = [], "search?q=zebra&limit=4&order=" + order
    while address:
        answer = viewer.get(address if "://" in address else f"/api/v1/{address}").json()
        pages.append([one["id"] for one in answer["results"]])
        assert (answer["facets"] is None) == (len(pages) > 1)
        address, before = answer["next"], answer["previous"]
    back = [one["id"] for one in viewer.get(before).json()["results"]]

    assert [one for page in pages for one in page] == whole
    assert len(whole) == 13
    assert back == pages[-2]


def test_what_matched_is_told_in_pieces_that_stand_where_they_say(viewer):
    title, filler = "Rencontre avec le préfet, à Yaoundé", "Sie sprachen über vieles andere. " * 30
    meeting = make.engagement(title=title, summary=f"{filler}Grüße aus der Straße: préfe\u0301t. {filler}")

    [hit] = search(viewer, "yaounde STRASSE prefet")["results"]

    assert marked(hit)["engagement", "/title"] == "Rencontre avec le [préfet], à [Yaoundé]"
    shown = viewer.see(f"engagements/{meeting.pk}").json()
    assert [match["pointer"] for match in hit["matches"]] == ["/title", "/summary"]
    for match in hit["matches"]:
        whole = shown[match["pointer"].strip("/")]
        for piece in match["segments"]:
            assert whole[piece["start"] :].startswith(piece["text"])
    long = hit["matches"][1]["segments"]
    assert [piece["text"] for piece in long if piece["is_match"]] == ["Straße", "préfe\u0301t"]
    assert sum(len(piece["text"]) for piece in long) < 300


def test_what_looks_like_markup_stays_plain_text(viewer):
    make.engagement(title="<script>zebra</script> & more")

    [hit] = search(viewer, "zebra")["results"]

    assert marked(hit) == {("engagement", "/title"): "<script>[zebra]</script> & more"}


def test_facets_count_what_passes_the_other_parameters(viewer):
    directory.country()
    directory.country("DE", "Germany")
    ministry = directory.organization("Zebra ministry", country="DE", classification="ministry")
    for held, values in (("2019-01-01", {"country": "FR"}), ("2020-01-01", {"country": "FR"}), ("2020-02-02", {})):
        make.engagement(title="Zebra", held=held, participants=(make.theirs(organization=ministry),), **values)

    assert facets(search(viewer, "zebra")) == {
        "kind": {"engagement": 3, "organization": 1},
        "country": {"DE": 4, "FR": 2},
        "year": {"2020": 2, "2019": 1},
    }
    narrowed = search(viewer, "zebra", country="fr", year="2020", kind="engagement,paper")
    assert len(narrowed["results"]) == 1
    assert facets(narrowed) == {
        "kind": {"engagement": 1},
        "country": {"DE": 2, "FR": 1},
        "year": {"2020": 1, "2019": 1},
    }


def test_it_asks_as_often_for_many_hits_as_for_one(viewer):
    counts = []
    body = directory.organization("Horse society", other_names=(OtherName(name="Zebra club"),))
    for number in (1, 3, 12):
        while SearchRow.objects.filter(kind="engagement").count() < number:
            make.engagement(participants=(make.theirs(organization=body), make.theirs()))
        for order in ("newest", "relevance"):
            with CaptureQueriesContext(connection) as seen:
                answer = search(viewer, "zebra", order=order, limit=200)
            assert len(answer["results"]) == number + 1
            counts.append((order, len(seen)))

    assert len(set(counts)) == 2


def test_whoever_has_the_answer_is_told_so(viewer):
    make.engagement(title="Zebra")
    first = viewer.get("/api/v1/search", {"q": "zebra"})

    again = viewer.get("/api/v1/search", {"q": "zebra"}, headers={"If-None-Match": first["ETag"]})
    make.engagement(title="Another zebra")
    changed = viewer.get("/api/v1/search", {"q": "zebra"}, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": " — "}, "q"),
        ({"q": "é"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"q": ["one", "two"]}, "q"),
        ({"q": "zebra", "kind": "planet"}, "kind"),
        ({"q": "zebra", "country": "Atlantis"}, "country"),
        ({"q": "zebra", "year": "19"}, "year"),
        ({"q": "zebra", "year": "２０１９"}, "year"),
        ({"q": "zebra", "order": "best"}, "order"),
        ({"q": "zebra", "sort": "newest"}, "sort"),
        ({"q": "zebra", "limit": "0"}, "limit"),
        ({"q": "zebra", "cursor": "x"}, "cursor"),
        ({"q": "zebra", "kind": ",".join(["person"] * 51)}, "kind"),
    ],
)
def test_what_cannot_be_searched_is_a_400_that_names_it(viewer, parameters, named):
    answer = viewer.get("/api/v1/search", parameters)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{named}"]


def test_a_cursor_of_one_order_is_none_of_the_other(viewer):
    for _ in range(2):
        make.engagement(title="Zebra")
    address = search(viewer, "zebra", limit=1)["next"]

    assert viewer.get(address.replace("limit=1", "limit=1&order=relevance")).status_code == 400


@pytest.mark.parametrize(
    "q", ["'", "\\", "a'b", "':*", "zebra & | ! <-> fish", "%", "_", "((", "\u202e zebra", "' OR 1=1 --"]
)
def test_nothing_that_is_typed_means_something_to_the_database(viewer, q):
    assert viewer.get("/api/v1/search", {"q": q}).status_code in {200, 400}
