"""Who is meant by a name, over the shipped people and organizations and some that are not shipped."""

import random

import pytest

from sgoffice.directory.models import Organization, Person
from sgoffice.directory.rules import fold, likeness, same_person
from sgoffice.directory.services import organizations_called, people_called
from sgoffice.records.actors import OFFICE
from tests.samples import some

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
TITLES = ("H.E. Mr", "Dr.", "General", "Minister", "Sheikh", "Brigadier General", "Madame")
#: Real people who are in no shipped file: none of them may be linked to somebody else.
UNKNOWN = (
    "Catherine Colonna", "Fiona Hill", "Cressida Dick", "Rodrigo Duterte", "Bernard Cazeneuve", "Ursula von der Leyen",
    "Jean-Claude Juncker", "Yoshihide Suga", "Moon Jae-in", "Kim Yong-nam", "Ban Soon-taek", "Jürgen Trittin",
    "Peter Stock", "Vladimir Kulishov", "Andrey Sukhov", "Sheikh Khalid bin Khalifa Al Thani", "Amina Mohammed",
    "Paul Biya", "John Kelly", "Eric Garcetti", "Stephen Harper", "Michael Chertoff", "Gerhard Schindler",
)  # fmt: skip


def misspelt(name, chance):
    """Return the name with a slip of the pen in its longest word."""
    words = name.split()
    place = max(range(len(words)), key=lambda number: len(words[number]))
    word = words[place]
    at = chance.randrange(1, max(2, len(word) - 1))
    words[place] = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :],
        ]
    )
    return " ".join(words)


def variants(name, chance):
    yield misspelt(name, chance)
    yield f"{chance.choice(TITLES)} {name}"
    yield fold(name)
    yield " ".join([name.split()[-1].upper(), *name.split()[:-1]])


def test_people_are_found_under_misspelt_titled_plain_and_turned_names():
    chance = random.Random(3)
    asked, found, wrong = 0, 0, []
    for person in some(Person.objects.order_by("pk"), 5):
        for variant in variants(person.name, chance):
            candidates = people_called(variant, by=OFFICE)
            asked += 1
            found += any(one.id == person.pk for one in candidates)
            wrong += [(variant, one.name) for one in candidates if one.is_automatic and one.id != person.pk]

    assert wrong == []
    assert found / asked >= 0.95


def test_organizations_are_found_under_misspelt_and_plain_names():
    chance = random.Random(4)
    asked, found, wrong = 0, 0, []
    for body in some(Organization.objects.order_by("pk"), 5):
        for variant in (misspelt(body.name, chance), fold(body.name), f"The {body.name}"):
            candidates = organizations_called(variant, by=OFFICE)
            asked += 1
            found += any(one.id == body.pk for one in candidates)
            wrong += [(variant, one.name) for one in candidates if one.is_automatic and one.id != body.pk]

    assert wrong == []
    assert found / asked >= 0.95


@pytest.mark.parametrize("name", UNKNOWN)
def test_somebody_who_is_not_there_is_linked_to_nobody(name):
    assert [one for one in people_called(name, by=OFFICE) if one.is_automatic] == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Владимир Путин", "Vladimir Putin"),
        ("Юрген Сток", "Jürgen Stock"),
        ("Владимир Колокольцев", "Vladimir Kolokoltsev"),
        ("Юрий Федотов", "Yury Fedotov"),
        ("Nguyen Xuan Phuc", "Nguyễn Xuân Phúc"),
        ("Jarosław Szymczyk", "Jarosław Szymczyk"),
        ("Al Raisi", "Ahmed Naser Al-Raisi"),
    ],
)
def test_other_scripts_and_parts_of_names_are_near(written, name):
    assert name in [one.name for one in people_called(written, by=OFFICE)]


@pytest.mark.parametrize(
    ("written", "name", "is_linked"),
    [
        ("Xi Jin-ping", "Xi Jinping", True),
        ("Wang Xiao Hong", "Wang Xiaohong", True),
        ("Ban Kimoon", "Ban Ki-moon", True),
        ("Kasiviswanathan Shanmugam", "K. Shanmugam", False),
        ("Ronald Kenneth Noble", "Ronald K. Noble", False),
        ("Deputy Prime Minister Teo Chee Hean", "Teo Chee Hean", True),
        ("Sir Keir Starmer KCB KC MP", "Keir Starmer", True),
        ("Pape Benoît XVI", "Benedict XVI", False),
        ("M. Gérard Collomb", "Gérard Collomb", False),
        ("Keir Starmer Jr", "Keir Starmer", False),
    ],
)
def test_names_put_together_otherwise_initials_and_letters_behind_a_name(written, name, is_linked):
    found = {one.name: one.is_automatic for one in people_called(written, by=OFFICE)}

    assert found[name] is is_linked


def test_one_word_is_never_another_of_two():
    assert not same_person("An Na Li", "Anna Li")
    assert not same_person("Li Na", "Lina")


@pytest.mark.parametrize("written", ["The World Customs Organisation", "world customs organization"])
def test_an_article_and_british_letters_do_not_make_another_body(written):
    assert [one.is_automatic for one in organizations_called(written, by=OFFICE)][:1] == [True]


def test_the_initials_of_a_body_without_an_acronym_show_it():
    (found,) = organizations_called("RCMP", by=OFFICE)

    assert (found.name, found.is_automatic) == ("Royal Canadian Mounted Police", False)


@pytest.mark.parametrize("part", ["SCO", "CARICOM", "RATS", "IMPACS"])
def test_the_part_of_an_acronym_is_an_acronym(part):
    candidates = organizations_called(part, by=OFFICE)

    assert candidates
    assert not any(one.is_automatic for one in candidates)


def test_a_family_name_alone_is_never_linked():
    assert [one.is_automatic for one in people_called("Putin", by=OFFICE)] == [False]


@pytest.mark.parametrize(("acronym", "several"), [("WADA", False), ("ICC", True), ("UNODC", False), ("AU", False)])
def test_an_acronym_is_shown_and_never_linked_by_itself(acronym, several):
    candidates = organizations_called(acronym, by=OFFICE)
    known = Organization.objects.filter(pk__in=[one.id for one in candidates], acronym__startswith=acronym)

    assert known.count() >= (2 if several else 1)
    assert not any(one.is_automatic for one in candidates)


def test_a_body_of_another_country_is_not_linked():
    same = organizations_called("National Police of Colombia", by=OFFICE, country="CO")
    other = organizations_called("National Police of Colombia", by=OFFICE, country="EC")

    assert [one.is_automatic for one in same][:1] == [True]
    assert not any(one.is_automatic for one in other)


def test_likeness_is_the_same_both_ways_and_one_for_the_same():
    for one, other in (("Jürgen Stock", "Jurgen Stok"), ("Kofi Annan", "Kofi A. Annan"), ("Xi Jinping", "Li Jinping")):
        assert likeness(one, other) == pytest.approx(likeness(other, one), abs=0.08)
        assert likeness(one, one) == 1.0
