"""An agreement as a picture, made from its document alone."""

from datetime import date

from engagements.agreements.desk.pictures import picture_of

TODAY = date(2026, 1, 1)


def party(name, *bindings):
    found = [{"start": start, "end": end, "is_bound": is_bound, "by": ""} for start, end, is_bound in bindings]
    return {"organization": {"id": name, "name": name}, "country": None, "bindings": found}


def period(status, start, end=None):
    return {"status": status, "start": start, "end": end}


def act(kind, day, name):
    return {"kind": kind, "date": day, "party": {"name": name}, "by_body": None}


def test_what_is_not_proved_is_not_drawn_as_if_it_were():
    document = {
        "periods": [
            period("not_known", None, "2001-02-03"),
            period("signed", "2001-02-03", "2004-05-06"),
            period("in_force", "2004-05-06", "2010-01-01"),
            period("not_known", "2010-01-01", "2012-01-01"),
            period("terminated", "2012-01-01"),
        ],
        "acts": [act("signature", "2001-02-03", "Ours"), act("approval", "2003", "Theirs"), act("milestone", None, "")],
        "parties": [
            party("Ours", ("2004-05-06", "2012-01-01", True)),
            party("Theirs", ("2004-05-06", "2008-01-01", True), ("2008-01-01", "2012-01-01", None)),
            party("Never bound"),
            party("Left", ("2004-05-06", "2005-01-01", False)),
        ],
    }

    line, _ = picture_of(document, TODAY)

    assert [one["label"] for one in line["rows"]] == ["The agreement", "What was done", "Ours", "Theirs"]
    assert [(one["drawn"], one["title"]) for one in line["bars"]] == [
        ("dashed", "Signed from 3 Feb. 2001 until 6 May 2004"),
        ("full", "In force from 6 May 2004 until 1 Jan. 2010"),
        ("dotted", "Not known from 1 Jan. 2010 until 1 Jan. 2012"),
        ("full", "Signature by Ours, 3 Feb. 2001"),
        ("dotted", "Approval by Theirs, 2003"),
        ("full", "Ours: bound from 6 May 2004 until 1 Jan. 2012"),
        ("full", "Theirs: bound from 6 May 2004 until 1 Jan. 2008"),
        ("dotted", "Theirs: not known whether bound from 1 Jan. 2008 until 1 Jan. 2012"),
    ]


def test_days_at_the_end_of_time_are_drawn_and_an_agreement_without_days_has_no_picture():
    eternal = {"periods": [], "acts": [act("expiry", "9999-12-31", "Ours")], "parties": []}

    assert picture_of(eternal, TODAY)[0]["bars"]
    assert picture_of({"periods": [period("not_known", None)], "acts": [], "parties": []}, TODAY) == []
