"""A post has a life: before it was created and after it ceased to exist nobody holds it, and it is not vacant."""

from datetime import date

import pytest

from appointments import services
from appointments.models import Appointment, Post
from appointments.services import PostEntry
from engagements.services.principals import find_tenures
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from sgoffice.records.readership import ALL_STAFF
from tests.factories import appointments as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def live(post, **values):
    return services.correct_post(post.pk, Correction(PostEntry, values), by=OFFICE, expected=ANY_VERSION)


def put(term, **values):
    """Write past the service, as the database sees it."""
    with change(Appointment, term.pk, verb="test", by=OFFICE, expected=ANY_VERSION) as record:
        for name, value in values.items():
            setattr(record, name, value)


def holder(on, slug="secretary-general"):
    return signed_in("viewer").see(f"posts/{slug}/holder?on={on}").json()


@pytest.mark.parametrize(
    ("on", "exists", "vacant", "note"),
    [
        ("1931-12-31", False, False, "The post did not exist: it was created in 1932."),
        ("1932-01-01", True, True, "Nobody is known to hold the post."),
        ("1955-12-31", True, True, "Nobody is known to hold the post."),
        ("1956-01-02", False, False, "The post no longer exists: it ceased to exist on 1 January 1956."),
    ],
)
def test_a_day_outside_the_life_of_a_post_says_so(on, exists, vacant, note):
    live(make.post(), founding_date="1932", dissolution_date="1956-01-01")

    answer = holder(on)

    assert (answer["exists"], answer["is_vacant"], answer["note"]) == (exists, vacant, note)
    assert answer["is_certain"] is True


def test_no_vacancy_is_told_of_days_on_which_the_post_may_not_have_existed():
    live(make.post(), founding_date="1932", dissolution_date="2024-06")
    make.appointment("Holder", start="1932-02-01", end="1940-01-01", kind="acting")
    make.appointment("Next", start="1950-01-01", end="1951-01-01", kind="acting")

    told = signed_in("viewer").see("posts/secretary-general/succession").json()["vacancies"]

    assert told == [{"start": "1940-01-01", "end": "1950-01-01"}, {"start": "1951-01-01", "end": "2024-06-01"}]


@pytest.mark.parametrize("start", ["1931", "1931-12-31", "1957", "1956-01-02"])
def test_a_term_that_begins_outside_the_life_of_its_post_is_refused(start):
    live(make.post(), founding_date="1932", dissolution_date="1956-01-01")

    with pytest.raises(RuleViolation) as refused:
        make.appointment("Early", start=start)

    assert (refused.value.rule, refused.value.pointer) == ("post-exists", "/start")


@pytest.mark.parametrize("start", ["1932", "1955-12-31", "1956-01-01"])
def test_a_term_that_may_lie_in_the_life_of_its_post_is_taken(start):
    live(make.post(), founding_date="1932", dissolution_date="1956-01-01")

    assert make.appointment("Holder", start=start).start == start


def test_the_database_refuses_a_term_before_its_post():
    live(make.post(), founding_date="1932")
    term = make.appointment("Holder", start="1932", end="1940")

    with pytest.raises(RuleViolation, match="did not exist"):
        put(term, start="1931")


def test_a_post_ends_after_it_begins():
    with pytest.raises(RuleViolation) as refused:
        live(make.post(), founding_date="1956", dissolution_date="1932")

    assert refused.value.rule == "end-after-start"


def test_whoever_held_it_before_it_was_created_is_nobodys_principal():
    make.appointment("Early", start="1923", end="1932")
    post = live(make.post(), founding_date="1933")

    assert find_tenures(post.pk, ALL_STAFF) == []


@pytest.mark.usefixtures("loaded_register")
def test_the_shipped_posts_were_created_and_ended_when_the_revised_statutes_say():
    """`constitution_rules.json`: “post of Secretary General created”, valid_from 1932; “before, a Secretary”."""
    posts = dict(Post.objects.values_list("slug", "founding_date"))
    found = services.find_holders(Post.objects.get(slug="secretary"), date(1931, 5, 5), actor=OFFICE)

    assert posts == {"secretary-general": "1932", "secretary": None, "president": None}
    assert Post.objects.get(slug="secretary").dissolution_date == "1932"
    assert holder("1931-05-05")["note"] == "The post did not exist: it was created in 1932."
    assert [one.person.name for one in found.holders] == ["Oskar Dressler"]
    assert Appointment.objects.filter(post__slug="secretary").count() == 1
