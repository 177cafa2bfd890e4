"""The sheet of a post: holder, succession, vacancies."""

import pytest

from tests.factories import appointments as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def test_a_post_tells_who_holds_it_and_who_held_it():
    post = make.post()
    make.appointment("Ronald Noble", start="2000-11-03", end="2005-11-03")
    make.appointment("Jürgen Stock", start="2014-11-07")
    viewer = signed_in("viewer")

    page = viewer.get(f"/desk/posts/{post.slug}")

    text = page.content.decode()
    assert "Jürgen Stock" in text
    assert "Nobody is known to have held it from 3 November 2005 until 7 November 2014" in text
    assert viewer.get(f"/desk/posts/{post.pk}").status_code == 200
    assert [viewer.get(f"/desk/posts/{key}").status_code for key in ("nobody", "0", "1" * 40)] == [404, 404, 404]


def test_holders_stand_on_a_time_line_as_far_as_the_reader_may_see_them():
    post = make.post()
    make.appointment("Ronald Noble", start="2000-11-03", end="2005-11-03")
    make.appointment("Zqx Hidden", start="2006-11-03", end="2007-11-03", marking="restricted")
    make.appointment("Anna Berg", start="2008-01-01", end="2009-01-01", kind="acting")
    address = f"/desk/posts/{post.slug}"

    line, page = (signed_in(role).get(address).context["drawings"][0] for role in ("viewer", "approver"))

    assert [one["label"] for one in line["rows"]] == ["Ronald Noble", "Nobody known", "Anna Berg"]
    assert {one["drawn"] for one in line["bars"]} == {"full", "striped", "dotted"}
    assert "Zqx Hidden" in [one["label"] for one in page["rows"]]
    assert signed_in("viewer").get(address).content.decode().count("<svg") == 2  # one is for telephones
