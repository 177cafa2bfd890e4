"""Less on request: a token of some kinds, and a cursor that remembers the kinds that it was read with."""

import json

import pytest

from tests.factories import appointments as appoint
from tests.factories import partners as make
from tests.factories.agreements import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(settle):
    found = make.partner()
    for _ in range(3):
        agreement(marking="public")
        appoint.decision(marking="public")
    settle()
    return found


def kinds_in(answer):
    return [line["kind"] for line in answer.json()["changes"]]


def test_every_read_of_a_narrow_token_holds_its_kinds_alone(partner):
    narrow, whole = make.Puller(partner, kinds=["decision"]), make.Puller(partner)
    whole.snapshot()
    keys = {line["kind"]: line["id"] for line in whole.copy.values()}

    narrow.snapshot()

    assert {line["kind"] for line in narrow.copy.values()} == {"decision"}
    assert kinds_in(narrow.see("changes?limit=2")) == ["decision"] * 2
    assert [kind["kind"] for kind in narrow.see("digest").json()["kinds"]] == ["decision"]
    assert narrow.is_in_step()
    assert narrow.see(f"records/{keys['decision']}").status_code == 200
    assert narrow.see(f"records/{keys['agreement']}").status_code == 404
    for path in ("agreements", f"agreements/{keys['agreement']}", "changes?kind=agreement", "digest?kind=agreement"):
        refused = narrow.see(path)
        assert (refused.status_code, "insufficient_scope" in refused["WWW-Authenticate"]) == (403, True), path


def test_cursor_remembers_the_kinds_that_it_was_read_with(partner, settle):
    puller = make.Puller(partner)
    *lines, last = map(json.loads, puller.see("snapshot?kind=decision").getvalue().splitlines())
    assert [line["kind"] for line in lines] == ["decision"] * 3

    agreement(marking="public")
    appoint.decision(marking="public")
    settle()
    answer = puller.see(f"changes?cursor={last['cursor']}")

    assert kinds_in(answer) == ["decision"]
    cursor = answer.json()["cursor"]
    assert kinds_in(puller.see(f"changes?cursor={cursor}&kind=decision")) == []
    for other in ("agreement", "agreement,decision"):
        refused = puller.see(f"changes?cursor={cursor}&kind={other}")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/kind")


def test_narrow_token_does_not_pass_over_records_of_a_wider_cursor(partner):
    narrow, whole = make.Puller(partner, kinds=["decision"]), make.Puller(partner)
    whole.pull()

    assert narrow.see(f"changes?cursor={whole.cursor}").status_code == 403
    narrow.pull()
    assert kinds_in(whole.see(f"changes?cursor={narrow.cursor}")) == []


def test_pages_of_one_kind_end_where_the_stream_ends(partner, settle):
    puller, found, cursor = make.Puller(partner), [], ""
    for _ in range(3):
        answer = puller.see(f"changes?kind=agreement&limit=1{cursor}").json()
        found += [line["id"] for line in answer["changes"]]
        cursor = f"&cursor={answer['cursor']}"
    assert (len(set(found)), answer["has_more"]) == (3, False)

    appoint.decision(marking="public")
    settle()
    assert kinds_in(puller.see(f"changes?limit=1{cursor}")) == []


@pytest.mark.parametrize("kind", ["moon", "", "agreement,moon", "agreement&kind=decision", "agreement,"])
def test_kind_that_there_is_not_is_refused(partner, kind):
    puller = make.Puller(partner)

    assert {puller.see(f"{path}?kind={kind}").status_code for path in ("changes", "digest", "snapshot")} == {400}
