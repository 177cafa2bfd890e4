"""One search: `q` of every list answers what `/search` of that kind answers, for whoever asks."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import get_resolver

from engagements.models import Engagement
from sgoffice.api.viewsets import RecordViewSet
from sgoffice.records.actors import OFFICE
from sgoffice.search import Question, holding
from sgoffice.search.folding import is_searchable, words_of
from tests.factories import agreements as agree
from tests.factories import engagements as make
from tests.factories.accounts import signed_in, staff
from tests.samples import PROVES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
#: Of every so many words that the titles hold, one is looked for; in a proof more are.
EACH = 9 if PROVES else 45
#: Wildcards of LIKE, and signs that are no word.
SIGNS = ["%", "_", "%%_", "-", "\\%", "·"]
ADMIN_LISTS = [f"/admin/{place}/" for place in ("directory/person", "engagements/engagement", "agreements/agreement")]


def lists():
    """Return the filters of every list that staff search, by kind of record."""
    found, waiting = {}, list(get_resolver().url_patterns)
    while waiting:
        pattern = waiting.pop()
        waiting += getattr(pattern, "url_patterns", ())
        view = getattr(getattr(pattern, "callback", None), "cls", None)
        if view is None or not issubclass(view, RecordViewSet):
            continue
        filters = getattr(view, "filterset_class", None)
        if filters is not None and hasattr(view, "model") and "q" in filters.known():
            found[view.model.record_kind] = (view.model, filters)
    return found


@pytest.fixture
def texts():
    titles = " ".join(Engagement.objects.order_by("pk").values_list("title", flat=True))
    words = sorted({word for word in titles.split() if is_searchable(words_of(word))})
    return [*words[::EACH], "Council", "Arab", "aids fund", "юрген", "MoU", "Deutschland", "UK"]


@pytest.fixture
def readers():
    """Records that some may read, and those who may: everybody, one whom they name, the approver."""
    named = staff("viewer")
    hidden = {"marking": "restricted", "readers": (str(named.pk),)}
    minister = make.theirs(title="Arab Council minister")
    make.engagement(title="Council of the Arab League", participants=(minister,), **hidden)
    make.engagement(title="Council of nobody", marking="restricted")
    agree.agreement(title="Arab Council", **hidden)
    return [one.as_actor() for one in (staff("viewer"), named, staff("approver"))]


def test_q_of_every_list_finds_what_the_search_finds(texts, readers):
    compared = 0
    for text in texts:
        for reader in readers:
            found = Question(words_of(text), reader, text=text).rows().values_list("pk", "kind")
            for kind, (model, filters) in lists().items():
                rows = model.objects.visible_to(reader).live()
                listed = set(
                    filters(QueryDict(urlencode({"q": text})), queryset=rows).rows().values_list("pk", flat=True)
                )
                searched = {pk for pk, its_kind in found if its_kind == kind}
                assert listed == searched, (kind, text)
                compared += 1

    assert len(texts) >= (60 if PROVES else 15)
    assert len(lists()) >= 15
    assert compared == len(texts) * len(readers) * len(lists())


@pytest.mark.parametrize(
    ("typed", "name", "is_near"),
    [
        *(("Deutschland", "Germany", False), ("U.K.", "United Kingdom", False), ("中国", "China", False)),
        *(("Gremany", "Germany", False), ("Uzbekstan", "Uzbekistan", True)),
        *(("Karnr", "Gerhard Karner", True), ("Urquisa", "Valdecy Urquiza", True)),
    ],
)
def test_every_box_finds_a_record_by_the_names_that_tables_know_and_by_near_ones(typed, name, is_near):
    client = signed_in("administrator")
    kind, address = ("person", "people") if " " in name and name != "United Kingdom" else ("country", "countries")
    choice = {"app_label": "engagements", "model_name": "participant", "field_name": "person", "term": typed}
    if kind == "country":
        choice |= {"app_label": "engagements", "model_name": "engagement", "field_name": "country"}

    hits = client.get("/api/v1/search", {"q": typed, "kind": kind, "order": "relevance"}).json()["results"]
    listed = client.get(f"/api/v1/{address}", {"q": typed}).json()["results"]
    suggested = client.get("/api/v1/directory/search", {"q": typed, "kind": kind}).json()["results"]
    chosen = client.get("/admin/autocomplete/", choice).json()["results"]
    page = client.get(f"/admin/directory/{kind}/", {"q": typed}).content.decode()

    assert (hits[0]["label"], hits[0]["is_near"]) == (name, is_near)
    assert listed[0]["name"] == suggested[0]["name"] == chosen[0]["text"].partition(" (")[0] == name
    assert name in page


@pytest.mark.parametrize(("address", "kind"), [("agreements", "agreement"), ("people", "person")])
def test_a_list_counts_what_the_search_counts(address, kind):
    viewer = signed_in("viewer")

    listed = viewer.see(f"{address}?q=Council&count=capped").json()["count"]
    assert listed == viewer.see(f"search?kind={kind}&q=Council&count=capped").json()["count"]


def test_a_word_of_one_letter_says_too_little():
    refused = signed_in("viewer").see("engagements?q=a")

    assert refused.status_code == 400
    assert "two letters" in refused.content.decode()


def test_an_empty_text_leaves_the_rows_alone_and_signs_find_nothing():
    rows = Engagement.objects.visible_to(OFFICE)

    assert holding(rows, " ") is rows
    assert [sign for sign in SIGNS if holding(rows, sign).exists()] == []


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_that_sql_matches_everything_by_find_nothing(sign):
    chief = signed_in("approver")
    chosen = {"app_label": "engagements", "model_name": "participant", "field_name": "person", "term": sign}

    told = [chief.get(address, {"q": sign}).content.decode() for address in ADMIN_LISTS]

    assert chief.get("/api/v1/engagements", {"occasion": sign}).json()["results"] == []
    assert chief.get("/api/v1/directory/search", {"q": sign}).json()["results"] == []
    assert chief.get("/admin/autocomplete/", chosen).json()["results"] == []
    assert [text for text in told if "result_list" in text and "/change/" in text.partition("result_list")[2]] == []
    for address in ("people", "agreements", "search"):
        assert chief.get(f"/api/v1/{address}", {"q": sign}).status_code == 400
