"""Problems name the first of many faults and never grow with a request."""

import orjson

from sgoffice.api.problem_sizes import bounded


def test_small_problem_stays_as_it_is():
    body = {"type": "/problems/invalid", "status": 400, "errors": [{"pointer": "/a", "detail": "b"}], "records": []}

    assert bounded(body) == body


def test_lists_name_the_first_and_count_the_rest():
    errors = [{"pointer": f"/{number}", "detail": "no"} for number in range(500)]

    found = bounded({"errors": errors})

    assert (found["errors"], found["omitted"]) == (errors[:100], 400)


def test_no_problem_grows_with_what_was_sent():
    text = "\x01" * 1_000_000
    records = [{"id": text, text: [text] * 1000}] * 1000

    found = bounded({"detail": text, "errors": records, "candidates": [{"pointer": "/a", "records": records}] * 50})

    assert len(orjson.dumps(found)) < 64_000
    assert found["omitted"] > 1000
