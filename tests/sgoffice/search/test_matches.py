"""Words that were searched, in the texts of a document."""

from sgoffice.search.contents import Text
from sgoffice.search.folding import words_of
from sgoffice.search.matches import matches_in


def test_texts_are_read_until_each_word_was_found():
    read = []

    def texts():
        for place, text in enumerate(["the rest", "a border", "border and drugs", "drugs", "border"]):
            read.append(place)
            yield Text(f"/{place}", text)

    matches, found = matches_in(texts(), words_of("border drugs"))

    assert [match.pointer for match in matches] == ["/1", "/2"]
    assert found == set(words_of("border drugs"))
    assert read == [0, 1, 2, 3], "the text after the last word is not looked into"
