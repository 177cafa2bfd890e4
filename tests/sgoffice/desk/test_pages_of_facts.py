"""All pages of the desk with the shipped register: in words, small, and made with few queries."""

import re
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from appointments.models import Post
from appointments.services import find_holders, sentence_of
from engagements.agreements.models import Agreement
from engagements.reports.services import DeadlineFilter, every_deadline
from sgoffice.desk.mentions import read_bodies
from sgoffice.languages.sentences import translated
from tests.factories.accounts import signed_in, staff
from tests.samples import PROVES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}")
_LINK = re.compile(r'href="(/desk/[^"#]*)"')
#: Words of pages that no name and no text of the shipped register has.
_ENGLISH = frozenset(
    {"January", "February", "August", "Held", "Wednesday", "Diary", "Nothing", "Belongs", "since", "Find"}
)
#: Words that stand in what people typed about the agreements of a counterpart, which stays as it is.
_TYPED = {"January", "February", "August", "since"}
#: Queries of a page, of which the trace asks one: whether somebody whom the page names is hidden.
_MOST = 12
#: Pages of the crawl; the test command asks for some of every kind.
_PAGES = 150 if PROVES else 60
#: Bytes.
_BIGGEST = 100_000


def _text(source):
    return re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style).*?</\1>", " ", source, flags=re.DOTALL))


def _crawl(client, most, *, language="en"):
    """Follow links from page to page; yield each page once, with the number of its queries."""
    waiting, seen = (
        ["/desk/search?kind=post", "/desk/", "/desk/?week=2023-11-27", "/desk/deadlines", "/desk/search"],
        set(),
    )
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = re.sub(r"[^/]*$", "", address.partition("?")[0])
        if address in seen:
            continue
        seen.add(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address, headers={"Accept-Language": language})
        source = page.content.decode()
        found = [one.replace("&amp;", "&") for one in _LINK.findall(source)]
        # pages of a kind that is rare come first, so that all kinds are seen
        waiting += [one for one in dict.fromkeys(found) if one not in seen]
        waiting.sort(key=lambda one: sum(old.startswith(re.sub(r"[^/]*$", "", one.partition("?")[0])) for old in seen))
        yield address, kind, page, source, len(asked)


def test_every_page_speaks_in_words_and_asks_little(settings):
    approver = signed_in("approver")
    kinds = set()

    for address, kind, page, source, asked in _crawl(approver, _PAGES):
        text = _text(source)
        assert page.status_code in {200, 302}, address
        assert [one.findall(text) for one in (_CODE, _ID, _INSTANT)] == [[], [], []], address
        assert len(source.encode()) < _BIGGEST, address
        if "like=" not in address:  # each name of the meeting is looked up as if it were typed
            assert asked <= _MOST, (address, asked)
        kinds.add(kind)

    sheets = (
        "engagements",
        "agreements",
        "decisions",
        "sessions",
        "posts",
        "counterparts/person",
        "counterparts/country",
    )
    assert {"/desk/", *(f"/desk/{one}/" for one in sheets)} <= kinds


def test_every_sentence_of_the_shipped_register_is_said_in_french():
    reader = staff("officer").as_actor()
    documents = read_bodies(dict.fromkeys(Agreement.objects.values_list("pk", flat=True), "agreement")).values()
    wanted = DeadlineFilter(on=date(2024, 1, 1), within=3660)
    sentences = {line.sentence for piece in every_deadline(wanted, by=reader) for line in piece}
    sentences |= {one["sentence"] for document in documents for one in document["periods"]}
    for post, year in product(Post.objects.live(), range(1930, 2030, 3)):
        day = date(year, 6, 1)
        sentences.add(sentence_of(find_holders(post, day, actor=reader), day))

    with translation.override("fr"):
        assert [one for one in sorted(sentences) if translated(one, "fr") is None] == []
    assert len(sentences) > 100


def test_pages_are_wholly_in_french():
    officer = signed_in("officer")
    for address, _, page, source, _ in _crawl(officer, 30, language="fr"):
        assert page.status_code != 200 or '<html lang="fr">' in source, address
        words = set(re.findall(r"[A-Za-z]+", _text(source))) & _ENGLISH
        assert words <= (_TYPED if "/counterparts/" in address else set()), (address, words)
