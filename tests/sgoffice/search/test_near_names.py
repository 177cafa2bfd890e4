"""Names that are spelled nearly alike, in any script, whatever the locale of the server."""

import pytest
from django.db import connection

from sgoffice.directory.services import people_called
from sgoffice.records.actors import ANONYMOUS, OFFICE
from sgoffice.records.models import SearchRow
from sgoffice.search import find_near
from tests.factories import directory

pytestmark = pytest.mark.django_db
SCRIPTS = [
    "Екатерина Смирнова", "李小龙王", "أمينة الحداد", "דנה לביא כהן", "Ελένη Παπαδοπούλου", "ประยุทธ์ จันทร์โอชา",
    "रीना दासगुप्ता", "გიორგი მარგველაშვილი", "Նիկոլ Փաշինյան", "ዐቢይ አህመድ ዓሊ", "김정은", "たかいち さなえ", "শেখ হাসিনা",
    "ரணில் விக்கிரமசிங்க", "کمال نیکی پور",
]  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_name_in_any_script_finds_who_is_stored_under_it(name):
    known = directory.person(name)

    assert [one.id for one in people_called(name, by=OFFICE)] == [known.pk]


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Сергей Петренко", "Sergey Petrenko"),
        ("Sergey Petrenko", "Сергей Петренко"),
        ("Xi Jinping", "习近平"),
        ("习近平", "Xi Jinping"),
        ("習近平", "习近平"),
        ("Ban Ki-moon", "반기문"),
        ("반기문", "Ban Ki-moon"),
        ("Ban Ki-moon", "Пан Ги Мун"),
        ("Mohammed Al-Haddad", "محمد الحداد"),
        ("محمد الحداد", "Muhammad al Haddad"),
        ("Benjamin Cohen", "בנימין כהן"),
        ("Abiy Ahmed Ali", "አቢይ አህመድ አሊ"),
        ("Reena Dasgupta", "रीना दासगुप्ता"),
        ("Giorgi Margvelashvili", "გიორგი მარგველაშვილი"),
        ("Cho Hyun-oh", "조현오"),
        ("이낙연", "Lee Nak-yon"),
        ("Khin Nyunt", "ခင်ညွန့်"),
        ("စိုးထွဋ်", "Soe Htut"),
        ("Yukiya Amano", "天野之弥"),
        ("天野之弥", "Yukiya Amano"),
        ("天野 之弥", "アマノ ユキヤ"),
        ("Chiang Ching-kuo", "蔣經國"),
        ("Lea Dina", "לאה דינה"),
        ("ไพโรจน์ จันทร์แก้ว", "Pairoj Chankaew"),
        ("วสันต์ หนูเพ็ญ", "Wasan Nupen"),
        ("陳大文", "Chan Tai Man"),
        ("Chan Tai Man", "陳大文"),
        ("周潤發", "Chow Yun Fat"),
        ("林国庆", "Lim Guoqing"),
        ("潘基文", "Ban Ki-moon"),
        ("Ban Ki-moon", "潘基文"),
        ("한명숙", "Han Myung-sook"),
        ("박정희", "Pak Chung-hee"),
        ("Nishimura Minato", "西村湊"),
        ("西村湊", "Minato Nishimura"),
    ],
)
def test_another_script_is_a_candidate_and_never_a_link(stored, asked):
    known = directory.person(stored)
    directory.person("Gerhard Karner")

    assert [(one.id, one.is_automatic) for one in people_called(asked, by=OFFICE)] == [(known.pk, False)]


def test_whoever_may_read_nothing_finds_nothing_and_a_name_of_no_letters_neither():
    directory.person("Gerhard Karner")

    assert find_near("Karner", kinds={"person"}, by=ANONYMOUS) == []
    assert find_near("—", kinds={"person"}, by=OFFICE) == []
    assert len(find_near("Karnr", kinds={"person"}, by=OFFICE)) == 1


def test_the_keys_that_are_compared_are_ascii_in_every_row():
    for name in SCRIPTS:
        directory.person(name)

    assert all(
        keys and keys.isascii() for keys in SearchRow.objects.filter(kind="person").values_list("keys", flat=True)
    )
    with connection.cursor() as cursor:  # trigrams of ASCII are the same under every locale
        cursor.execute("SELECT count(*) FROM records_searchrow WHERE kind = 'person' AND show_trgm(keys) = '{}'")
        assert cursor.fetchone() == (0,)
