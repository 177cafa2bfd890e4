"""How much the admin sends for a page, and what its pages keep."""

import re

import pytest
from django.urls import reverse

from tests.factories.accounts import signed_in

#: Bytes. The form of an agreement, with three lists of parts, is the biggest; what it holds more is its words.
_BIGGEST = 100_000
_BIGGEST_FORM = 102_000


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_register")
def test_lists_and_forms_of_the_admin_are_small():
    administrator = signed_in("administrator")
    index = administrator.get(reverse("admin:index")).content.decode()
    lists = sorted(set(re.findall(r'href="(/admin/[a-z]+/[a-z]+/)"', index)))

    sizes = {address: len(administrator.get(address).content) for address in lists}
    forms = {
        one: len(answer.content)
        for one in (f"{address}add/" for address in lists)
        if (answer := administrator.get(one)).status_code == 200
    }

    assert len(sizes) > 15
    assert len(forms) > 10
    assert {address: size for address, size in sizes.items() if size > _BIGGEST} == {}
    assert {address: size for address, size in forms.items() if size > _BIGGEST_FORM} == {}


@pytest.mark.django_db
def test_what_was_typed_keeps_its_blanks():
    administrator = signed_in("administrator")
    typed = "first line\n\n    indented line\n"

    page = administrator.post("/admin/engagements/engagement/add/", {"title": "", "summary": typed}).content.decode()

    assert "first line\n\n    indented line\n" in page
    assert not re.search(r"\n\s+<div", page)


@pytest.mark.django_db
def test_a_choice_offers_a_link_to_enter_what_is_missing():
    page = signed_in("administrator").get("/admin/engagements/engagement/add/").content.decode()

    assert re.search(
        r'<a class="[^"]*register-new" id="add_id_represented_by" href="/admin/directory/person/add/', page
    )
