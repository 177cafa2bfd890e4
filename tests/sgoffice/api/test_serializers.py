"""Reading bodies one after another with the same serializer."""

from threading import Thread

import pytest
from rest_framework.exceptions import ValidationError

from sgoffice.api.serializers import ReasonSerializer, SourceSerializer, reader_of


def test_each_body_is_read_as_if_by_a_serializer_of_its_own():
    with pytest.raises(ValidationError):
        reader_of(SourceSerializer, {"title": 7}).is_valid(raise_exception=True)

    first = reader_of(SourceSerializer, {"title": "Press release"})
    first.is_valid(raise_exception=True)
    entry = first.to_entry()
    second = reader_of(SourceSerializer, {"url": "https://example.org"})
    second.is_valid(raise_exception=True)

    assert (entry.title, entry.url) == ("Press release", "")
    assert (second.to_entry().title, second.to_entry().url) == ("", "https://example.org")


def test_a_whole_body_and_a_patch_are_read_apart():
    assert reader_of(ReasonSerializer, {}, partial=True).is_valid()
    assert not reader_of(ReasonSerializer, {}).is_valid()


def test_no_two_threads_read_with_the_same_serializer():
    readers = []
    for _ in range(2):
        thread = Thread(target=lambda: readers.append(reader_of(SourceSerializer, {})))
        thread.start()
        thread.join()

    assert readers[0] is not readers[1]
