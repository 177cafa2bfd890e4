"""Streams: each record once, moved to the end by what its partner may see, and by nothing else."""

import json
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sgoffice.feed import queries, storage
from sgoffice.feed.models import Grant, Pending, PendingCommit

pytestmark = pytest.mark.django_db


@pytest.fixture
def stream():
    return uuid4()


def document(entry, title="A title", **values):
    head = b'{"title":' + json.dumps(title).encode()
    return storage.Document(
        entry=entry,
        kind="agreement",
        reference="AGR-1",
        schema=1,
        contract="agreement/1",
        renderer=1,
        head=head,
        **values,
    )


def lines(stream, position=0, limit=100):
    lines = queries.join_lines(queries.changes_after(stream, position, limit).rows, begin=b"", between=b"\n", end=b"")
    return [json.loads(line) for line in lines.splitlines()]


def told(stream, settle):
    settle()
    return [(line["op"], line["id"]) for line in lines(stream)]


def test_a_record_that_is_published_and_granted_is_told_once(stream, settle):
    entry = uuid4()
    storage.publish([document(entry)])
    storage.grant(entry, [stream])

    assert told(stream, settle) == [("upsert", str(entry))]
    [line] = lines(stream)
    assert line["document"] == {"title": "A title"}
    assert queries.current_position(stream).position == 1


@pytest.mark.parametrize("size", [10, 3_000, 100_000])
def test_documents_of_any_size_are_told_as_they_were_published(stream, settle, size):
    one, other = sorted([uuid4(), uuid4()])
    title = "".join(chr(0x400 + number * 7 % 200) for number in range(size))
    mention = storage.Mention("relations", other, json.dumps({"title": title}).encode())
    published = [document(one, title, lists=("relations",), mentions=(mention,)), document(other, title)]
    storage.publish(published)
    for entry in (one, other):
        storage.grant(entry, [stream])
    settle()

    assert [line["document"] for line in lines(stream)] == [
        {"title": title, "relations": [{"title": title}]},
        {"title": title},
    ]
    assert queries.fetch_document(stream, other) == (storage.digest_of(published[1].body), published[1].body)


def test_what_is_not_granted_leaves_no_trace(stream, settle):
    entry = uuid4()
    storage.publish([document(entry)])

    assert told(stream, settle) == []
    assert queries.current_position(stream).position == 0
    assert queries.record_line(stream, entry) is None


def test_a_change_moves_a_record_to_the_end_and_what_is_the_same_does_not(stream, settle):
    first, second = sorted([uuid4(), uuid4()])
    storage.publish([document(first), document(second)])
    for entry in (first, second):
        storage.grant(entry, [stream])
    settle()

    storage.publish([document(first, "Another title"), document(second)])

    assert told(stream, settle) == [("upsert", str(second)), ("upsert", str(first))]
    assert queries.current_position(stream).position == 3


def test_a_withdrawn_record_becomes_a_tombstone_without_content(stream, settle):
    entry = uuid4()
    storage.publish([document(entry)])
    storage.grant(entry, [stream])
    settle()

    storage.grant(entry, [])
    settle()

    [line] = lines(stream)
    assert (line["op"], "document" in line, "digest" in line) == ("withdrawn", False, False)
    assert queries.shown_after(stream, 0, None, 10).rows == []


def test_a_grant_that_goes_is_effective_before_its_position_is_told(stream, settle):
    entry = uuid4()
    storage.publish([document(entry)])
    storage.grant(entry, [stream])
    settle()

    storage.grant(entry, [])

    assert [line["op"] for line in lines(stream)] == ["withdrawn"]
    assert queries.fetch_document(stream, entry) is None


def test_a_merged_record_names_its_survivor_only_to_who_may_have_it(stream, settle):
    entry, survivor, other = uuid4(), uuid4(), uuid4()
    storage.publish([document(entry), document(survivor)])
    for one in (entry, survivor):
        storage.grant(one, [stream])
    storage.grant(entry, [stream, other])
    settle()

    storage.publish([document(entry, op="merged", into=survivor)])
    settle()

    assert [line.get("into") for line in lines(stream) if line["op"] == "merged"] == [str(survivor)]
    assert [line["op"] for line in lines(other)] == ["withdrawn"]


def test_what_was_told_of_a_merger_stays_as_it_was_told(stream, settle):
    first, second, third = uuid4(), uuid4(), uuid4()
    storage.publish([document(one) for one in (first, second, third)])
    for one in (first, second, third):
        storage.grant(one, [stream])
    settle()
    storage.publish([document(first, op="merged", into=second)])
    settle()
    before = next(line for line in lines(stream) if line["id"] == str(first))

    storage.publish([document(one, op="merged", into=third) for one in (first, second)])
    settle()

    told = {line["id"]: line for line in lines(stream)}
    assert told[str(first)] == before
    assert (before["into"], told[str(second)]["into"]) == (str(second), str(third))
    assert queries.find_survivor(stream, first) == third


def test_a_merger_that_comes_after_the_withdrawal_is_not_told(stream, settle):
    gone, kept = uuid4(), uuid4()
    storage.publish([document(gone), document(kept)])
    for one in (gone, kept):
        storage.grant(one, [stream])
    settle()
    storage.grant(gone, [])
    settle()
    before = lines(stream)

    storage.publish([document(gone, op="merged", into=kept)])
    settle()

    assert lines(stream) == before
    assert queries.find_survivor(stream, gone) is None


def test_a_survivor_that_comes_later_is_not_told_as_one(stream, settle):
    gone, kept = uuid4(), uuid4()
    storage.publish([document(gone), document(kept)])
    storage.grant(gone, [stream])
    settle()
    storage.publish([document(gone, op="merged", into=kept)])
    settle()

    storage.grant(kept, [stream])
    settle()

    assert {line["id"]: line["op"] for line in lines(stream)} == {str(gone): "withdrawn", str(kept): "upsert"}


def test_a_mention_is_shown_to_who_may_have_what_it_mentions(stream, settle):
    source, target, other = uuid4(), uuid4(), uuid4()
    mention = storage.Mention("relations", target, b'{"relation":"amends"}')
    storage.publish([document(source, lists=("relations",), mentions=(mention,)), document(target)])
    storage.grant(source, [stream, other])
    storage.grant(target, [stream])
    settle()

    shown = {line["id"]: line["document"].get("relations") for line in lines(stream)}
    assert shown[str(source)] == [{"relation": "amends"}]
    assert [line["document"]["relations"] for line in lines(other)] == [[]]


def test_a_mention_that_comes_or_goes_moves_the_streams_that_see_it_and_no_other(stream, settle):
    source, target, other = uuid4(), uuid4(), uuid4()
    mention = storage.Mention("relations", target, b'{"relation":"amends"}')
    storage.publish([document(source, lists=("relations",)), document(target)])
    storage.grant(source, [stream, other])
    storage.grant(target, [stream])
    settle()
    before = queries.current_position(stream).position, queries.current_position(other).position

    storage.publish([document(source, lists=("relations",), mentions=(mention,))])
    settle()
    assert (queries.current_position(stream).position, queries.current_position(other).position) == (
        before[0] + 1,
        before[1],
    )

    storage.grant(target, [])
    settle()
    assert queries.current_position(other).position == before[1]
    assert json.loads(queries.record_line(stream, source))["document"]["relations"] == []
    assert {line["id"] for line in lines(stream, before[0] + 1)} == {str(source), str(target)}


def test_digests_are_of_the_bytes_that_are_sent(stream, settle):
    entries = [uuid4() for _ in range(5)]
    storage.publish([document(entry, str(entry)) for entry in entries])
    for entry in entries:
        storage.grant(entry, [stream])
    settle()

    sums = sum(int(line["digest"], 16) for line in lines(stream)) % 2**64
    place, buckets = queries.digest_buckets(stream)
    assert sum(int(found.hash, 16) for found in buckets) % 2**64 == sums
    in_buckets = [queries.digests_in_bucket(stream, found.kind, found.bucket) for found in buckets]
    assert {place, *(at for at, _ in in_buckets)} == {queries.current_position(stream)}
    listed = [pair for _, pairs in in_buckets for pair in pairs]
    assert {str(entry): digest for entry, digest in listed} == {line["id"]: line["digest"] for line in lines(stream)}


def test_nothing_that_a_commit_tells_is_left_behind(stream, settle):
    entry = uuid4()
    storage.publish([document(entry)])
    storage.grant(entry, [stream])
    settle()

    assert (Pending.objects.count(), PendingCommit.objects.count(), Grant.objects.count()) == (0, 0, 1)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE feed_streamrow SET position = 7", "DELETE FROM feed_streamrow", "UPDATE feed_stream SET position = 0"],
)
def test_the_application_gives_no_positions(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_published_is_never_deleted(stream):
    entry = uuid4()
    storage.publish([document(entry)])

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM feed_published WHERE entry = %s", [entry])
