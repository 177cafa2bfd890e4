"""Where the bars of a time line stand."""

from datetime import date

from sgoffice.desk.time_lines import DOTTED, FULL, STRIPED, Span, time_line

TODAY = date(2026, 1, 1)


def test_bars_stand_to_scale_and_each_name_has_a_row():
    drawn, narrow = time_line(
        [
            Span("Berg", date(2016, 1, 1), date(2021, 1, 1), FULL, "Berg"),
            Span("Diallo", date(2021, 1, 1), date(2021, 1, 2), STRIPED, "Diallo, one day"),
            Span("Berg", date(2021, 1, 2), None, FULL, "Berg again"),
        ],
        TODAY,
    )

    assert [one["label"] for one in drawn["rows"]] == ["Berg", "Diallo"]
    first, short, again = drawn["bars"]
    assert first["x"] > 0  # the names stand before it
    assert abs(first["x"] + 2 * first["width"] - drawn["width"]) < 1
    assert short["width"] >= 3
    assert again["x"] + again["width"] <= drawn["width"] + 0.2
    assert (first["y"], again["y"]) != (first["y"], short["y"])
    assert drawn["today"] == drawn["width"]
    assert (narrow["bars"][0]["x"], narrow["width"]) == (0, 340)
    assert all(row["y"] < bar["y"] for row, bar in zip(narrow["rows"], narrow["bars"], strict=False))


def test_a_century_has_round_years_that_fit():
    wide, narrow = time_line([Span("A", date(1923, 9, 7), None, DOTTED, "A")], TODAY)

    assert [one["year"] for one in wide["years"]] == list(range(1930, 2021, 10))
    assert [one["year"] for one in narrow["years"]] == [1950, 2000]


def test_nothing_has_no_picture():
    assert time_line([], TODAY) == []
