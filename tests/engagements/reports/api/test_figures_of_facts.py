"""Each figure about the shipped facts opens the list that it counts."""

import pytest

from tests.engagements.reports.figures import astray, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("activity", {"from": "2015-03-10", "until": "2017-11-20"}),
        ("coverage", {"on": "2019-06-30", "within": "900"}),
        ("promises", {"from": "2001-01-01", "until": "2010-12-31"}),
        ("follow-up", {"from": "2012-01-01", "until": "2021-12-31"}),
        ("annual", {"year": "2017"}),
    ],
)
def test_every_figure_of_the_facts_opens_the_list_that_it_counts(viewer, name, query):
    report = read(viewer, name, **query)

    assert astray(viewer, report) == {}
    told = [one for table in report["tables"] for one in table["figures"] if one["value"]]
    assert len(told) > {"activity": 40, "coverage": 40, "promises": -1, "follow-up": 5, "annual": 10}[name]
