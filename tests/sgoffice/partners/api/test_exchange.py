"""The exchange over HTTP: snapshot, changes, digest, one record; cursors and their refusals."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from engagements.agreements import services as agreements
from sgoffice.changes import clock
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.feed import queries
from sgoffice.partners import services
from sgoffice.partners.models import PartnerToken
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.models import ClockPass
from tests.factories import partners as make
from tests.factories.accounts import Register, signed_in
from tests.factories.agreements import act, agreement, in_force_since

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner()


@pytest.fixture
def puller(partner):
    return make.Puller(partner)


def retitle(record, title):
    patch = Correction(agreements.AgreementEntry, {"title": title})
    agreements.correct_agreement(record.pk, patch, by=OFFICE, expected=ANY_VERSION)


def test_snapshot_then_changes_give_each_record_once_as_it_is_now(puller, settle):
    first, second = agreement(marking="public"), agreement(marking="public")
    settle()
    puller.snapshot()
    assert set(puller.copy) == {str(first.pk), str(second.pk)}

    retitle(first, "Once")
    settle()
    retitle(first, "Twice")
    settle()

    [line] = puller.pull()
    assert (line["op"], line["kind"], line["schema"]) == ("upsert", "agreement", "agreement/1")
    assert line["document"]["title"] == "Twice"
    assert puller.is_in_step()


def test_partner_document_says_what_the_issue_of_cooperation_needs(puller, settle):
    agreement(act("signature", "2009-04-26"), act("entry_into_force", "2009-04-26"), marking="public")
    settle()

    [line] = puller.pull()

    document = line["document"]
    assert document["periods"][-1]["status"] == "in_force"
    assert [party["kind"] for party in document["parties"]] == ["organization", "organization"]
    assert document["reference"] == line["reference"]
    assert document["relations"] == document["decisions"] == []
    assert not {"marking", "readers", "entered_by", "notes", "caveats", "version"} & set(document)


def test_pages_go_on_where_the_last_one_ended(puller, settle):
    for _ in range(5):
        agreement(marking="public")
    settle()

    answer = puller.see("changes?limit=2").json()
    assert (len(answer["changes"]), answer["has_more"]) == (2, True)
    puller.pull(limit=2)
    assert (len(puller.copy), puller.is_in_step()) == (5, True)


def test_lines_and_json_say_the_same(puller, settle):
    agreement(marking="public")
    settle()

    as_json = puller.see("changes").json()
    by_name = puller.see("changes?format=jsonl")
    by_accept = puller.see("changes", Accept="application/x-ndjson")

    *lines, end = [json.loads(line) for line in by_name.content.splitlines()]
    assert lines == as_json["changes"]
    assert end == {"cursor": as_json["cursor"], "has_more": False}
    assert by_accept.content == by_name.content
    assert by_name["Content-Type"] == "application/x-ndjson"


def test_nothing_new_is_304_with_a_time_to_wait(puller, settle):
    agreement(marking="public")
    settle()
    puller.pull()
    first = puller.see(f"changes?cursor={puller.cursor}")

    again = puller.see(f"changes?cursor={puller.cursor}", **{"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert int(again["Retry-After"]) > 0
    agreement(marking="public")
    settle()
    told = puller.see(f"changes?cursor={puller.cursor}", **{"If-None-Match": first["ETag"]})
    assert told.status_code == 200


def test_answers_are_compressed_for_who_can_read_it(puller, settle):
    agreement(marking="public")
    settle()

    answer = puller.see("changes", **{"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert puller.see("changes", **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_withdrawal_is_effective_on_the_next_request_on_every_channel(puller, partner, settle):
    record = agreement()
    made = make.release(partner, record.pk)
    settle()
    puller.snapshot()

    make.withdraw(made)
    settle()

    [line] = puller.pull()
    assert list(line) == ["op", "changed_at", "kind", "id", "reference", "schema"]
    assert (line["op"], line["id"], line["reference"]) == ("withdrawn", str(record.pk), record.reference)
    assert puller.see(f"records/{record.pk}").status_code == 404
    assert puller.see(f"agreements/{record.pk}").status_code == 404
    assert puller.see("agreements").json()["results"] == []
    assert puller.see("digest").json()["kinds"] == []
    assert len(puller.see("snapshot").getvalue().splitlines()) == 1


def test_merged_record_names_the_one_that_took_its_place(puller, settle):
    survivor, other = agreement(marking="public"), agreement(marking="public")
    settle()
    puller.snapshot()

    merge(type(survivor), survivor.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One agreement")
    settle()

    told = {line["id"]: line for line in puller.pull()}
    assert (told[str(other.pk)]["op"], told[str(other.pk)]["into"]) == ("merged", str(survivor.pk))
    assert puller.see(f"agreements/{other.pk}").status_code == 308
    assert puller.is_in_step()


@pytest.mark.parametrize("given", ["x", "", "bm90aGluZw", "a" * 1500])
def test_bad_cursor_is_refused(puller, given):
    answer = puller.see(f"changes?cursor={given}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/cursor")


def test_cursor_of_another_partner_is_refused(puller, settle):
    other = make.Puller(make.partner())
    other.pull()

    assert puller.see(f"changes?cursor={other.cursor}").status_code == 400


@pytest.mark.parametrize("change", [{"position": 99}, {"epoch": "0" * 16}])
def test_cursor_of_another_life_of_the_register_leads_to_the_snapshot(puller, partner, change):
    place = queries.current_position(partner.pk)
    cursor = services.encode_cursor(partner.pk, queries.StreamPosition(**{**vars(place), **change}))

    answer = puller.see(f"changes?cursor={cursor}")

    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/cursor-expired")
    assert answer.json()["snapshot"].endswith("/api/v1/partner/snapshot")
    assert "/api/v1/partner/snapshot" in answer["Link"]


def test_unknown_parameter_names_the_ones_there_are(puller):
    answer = puller.see("changes?since=2020-01-01")

    assert answer.status_code == 400
    assert "cursor" in answer.json()["detail"]


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "x", "٣"])
def test_limit_out_of_bounds_is_refused(puller, limit):
    assert puller.see(f"changes?limit={limit}").status_code == 400


def test_a_record_lost_from_a_copy_is_found_in_three_calls(puller, settle):
    for _ in range(12):
        agreement(marking="public")
    settle()
    puller.snapshot()
    lost = sorted(puller.copy)[5]
    del puller.copy[lost]

    found = find_differing(puller)

    assert found == ([lost], 3)
    assert puller.is_in_step()


def find_differing(puller):
    """Ask for all sums, then for a bucket that differs, then for each record in it that does."""
    from hashlib import sha256

    def bucket_of(key):
        return sha256(key.encode()).hexdigest()[:2]

    calls, found = 1, []
    for kind in puller.see("digest").json()["kinds"]:
        for bucket in kind["buckets"]:
            own = {key: line for key, line in puller.copy.items() if bucket_of(key) == bucket["bucket"]}
            if f"{sum(int(line['digest'], 16) for line in own.values()) % 2**64:016x}" == bucket["hash"]:
                continue
            calls += 1
            listed = puller.see(f"digest?kind={kind['kind']}&bucket={bucket['bucket']}").json()["records"]
            for item in listed:
                if own.get(item["id"], {}).get("digest") != item["digest"]:
                    calls += 1
                    puller.keep(puller.see(f"records/{item['id']}").json())
                    found.append(item["id"])
    return found, calls


def test_plain_reads_filter_and_carry_an_etag(puller, settle):
    record = in_force_since("2009-04-26", marking="public")
    agreement(marking="public")
    settle()

    listed = puller.see("agreements?in_force_on=2019-06-30").json()["results"]
    assert [found["id"] for found in listed] == [str(record.pk)]
    one = puller.see(f"agreements/{record.reference}")
    assert one.json() == listed[0]
    unchanged = puller.see(f"agreements/{record.pk}", **{"If-None-Match": one["ETag"]})
    assert unchanged.status_code == 304
    for hidden in ("q=title", "topic=x", "marking=public", "include=parents"):
        assert puller.see(f"agreements?{hidden}").status_code == 400, hidden


def test_staff_and_strangers_do_not_pull_and_partners_do_nothing_else(puller):
    for client in (Register(), signed_in("administrator")):
        for path in ("snapshot", "changes", "digest", "agreements"):
            answer = client.see(f"partner/{path}")
            assert (answer.status_code, "Bearer" in answer["WWW-Authenticate"]) == (401, True), path
    headers = {"Authorization": f"Bearer {puller.token}"}
    refused = puller.get("/api/v1/agreements", headers=headers)
    assert (refused.status_code, "opens /api/v1/partner only" in refused.json()["detail"]) == (403, True)


def test_progress_tells_staff_how_far_a_partner_is(puller, partner, settle):
    agreement(marking="public")
    settle()
    before = signed_in("viewer").see(f"partners/{partner.slug}/progress").json()
    assert (before["head"], before["behind"], before["has"]) == (1, 1, {"agreement": 1})

    puller.pull()
    puller.pull()

    after = signed_in("viewer").see(f"partners/{partner.slug}/progress").json()
    assert (after["position"], after["behind"]) == (1, 0)
    assert after["pulled_at"] is not None


def test_reads_of_a_page_take_as_many_queries_however_many_records(puller, settle, django_assert_num_queries):
    for _ in range(3):
        agreement(marking="public")
    settle()
    clock.run_passes(timezone.now())
    puller.pull()
    with django_assert_num_queries(4):
        puller.see("changes?limit=1")
    with django_assert_num_queries(4):
        puller.see("changes?limit=3")


def test_time_of_expiry_is_looked_at_on_each_request(puller, partner):
    PartnerToken.objects.update(expires_at=timezone.now())

    assert services.find_partner_by_token(puller.token, at=timezone.now()) is None
    assert {puller.see("digest").status_code for _ in range(40)} == {401}, "a token that has ended is no guess"


def test_answers_say_when_the_clock_is_late_and_only_then(puller):
    never_ran = puller.see("changes"), puller.see("agreements")

    clock.run_passes(timezone.now())
    on_time = puller.see("changes"), puller.see("agreements")
    ClockPass.objects.update(last_ran_at=timezone.now() - timedelta(hours=25))
    late = puller.see("digest"), puller.see("agreements/AGR-2026-NONE00")

    assert [answer.headers.get("Register-Clock") for answer in (*never_ran, *on_time, *late)] == [
        "late", "late", None, None, "late", "late",
    ]  # fmt: skip
