"""Whatever is typed or sent to the desk is answered with a page that says what to change, never with a failure."""

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by
from tests.samples import some

pytestmark = pytest.mark.django_db
HOSTILE = (
    "0001-01-01", "1 January 0001", "9999-12-31", "31 December 9999", "a\x00b", "9" * 30, "9" * 5000, "٣", "-1", "1e9",
    "\u202eabc", "' OR 1=1 --", "%00", "1/1/1", "0",
)  # fmt: skip


@pytest.fixture
def officer():
    directory.country("AT", "Austria")
    return signed_in("officer")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_of_the_log_breaks_the_page(officer, text):
    form = sent_by(officer.get("/desk/log"), **{"who-0": "Eva Adler, Minister, Austria", "day": "yesterday"})
    form |= {"start": ["9"], "city": ["Vienna"], "kind": ["courtesy_call"]}
    fields = [one for one in form if one != "csrfmiddlewaretoken"]

    for field in some([*fields, "number"], 3, start=HOSTILE.index(text)):
        for path in ("log/understood", "log/clocks", "log"):
            sent = form | ({"number": ["0"]} if "number" not in form else {}) | {field: [text]}
            answer = officer.post(f"/desk/{path}", sent)
            assert answer.status_code < 500, (path, field)
            if answer.status_code == 422 and path == "log":
                assert answer.context["errors"] or answer.context["duplicates"], field


def test_what_cannot_be_seen_is_refused_at_its_field_and_the_rest_is_kept(officer):
    form = sent_by(officer.get("/desk/log"), **{"who-0": "Eva Adler", "day": "yesterday", "outcome": "Fi\x00ne"})

    answer = officer.post("/desk/log", form | {"kind": ["courtesy_call"]})

    assert answer.status_code == 422
    assert "control character" in answer.context["errors"]["outcome"]
    assert answer.context["values"]["outcome"] == "Fine"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_address_or_step_breaks_a_page(officer, text):
    record = make.planned(held="2026-03-01")
    sheet = f"/desk/engagements/{record.reference}"

    answers = [
        officer.get("/desk/", {"week": text}),
        officer.get(f"/desk/engagements/{text}"),
        officer.get(f"/desk/counterparts/person/{text}"),
        officer.get(f"/desk/counterparts/country/{text}"),
        officer.post(f"{sheet}/answer", {"step": "hold", "version": text}),
        officer.post(f"{sheet}/answer", {"step": text, "version": "1"}),
        officer.post(f"{sheet}/answer", {"step": "hold", "version": "1", "reason": text}),
    ]

    assert [one.status_code for one in answers if one.status_code >= 500] == []
