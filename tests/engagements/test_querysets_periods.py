"""What may have been held in a period: as its days say, and found where the log is sorted by them."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from engagements.models import Engagement
from engagements.querysets import NEWEST
from sgoffice.records.querysets import RecordQuerySet
from tests.factories.engagements import engagement

pytestmark = pytest.mark.django_db
HELD = (
    "196X", "2009", "2009-12-31", "2009-12-31/2010-01-02", "2010", "2010-01-01", "2010-06", "2010-06-30/2011-02-01",
    "2010-12-31", "2011-01-01", "1999/2020", "2012-02",
)  # fmt: skip
DAYS = (None, date(1960, 1, 1), date(2009, 12, 31), date(2010, 1, 1), date(2010, 6, 15), date(2010, 12, 31))


@pytest.fixture
def log():
    for held in HELD:
        engagement(held=held, allow_duplicate=True)
    engagement(status="requested", held=None)


@pytest.mark.parametrize("certain", [False, True])
@pytest.mark.parametrize("start", DAYS)
def test_the_order_of_the_log_leaves_nothing_out_of_a_period(log, start, certain):
    rows = Engagement.objects.all()

    for end in (None, *(day for day in DAYS[1:] if start is None or day >= start), date(2030, 1, 1)):
        wanted = RecordQuerySet.overlaps(rows, "held", start, end, certain=certain)
        assert set(rows.overlaps("held", start, end, certain=certain)) == set(wanted), (start, end)


def test_a_period_is_read_from_its_end_in_the_order_of_the_log(log):
    rows = Engagement.objects.live().overlaps("held", date(2010, 1, 1), date(2010, 12, 31)).order_by(*NEWEST)

    plan = _plan(rows.values("pk")[:51])

    assert "using engagement_newest" in plan
    [condition] = [line for line in plan.splitlines() if "Index Cond" in line and "sort_day" in line]
    assert "sort_day <=" in condition
    assert "sort_day >=" in condition
    assert "engagement_days" in plan


def test_the_database_keeps_the_log_sorted_by_the_first_day(log):
    one = Engagement.objects.filter(held="2010").get()

    with pytest.raises(IntegrityError, match="engagement_sorts_by_its_first_day"), transaction.atomic():
        connection.cursor().execute("UPDATE engagements_engagement SET sort_day = '2020-01-01' WHERE id = %s", [one.pk])


def _plan(rows):
    """Return how it would be read from tables that are too large to be read whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        sql, parameters = rows.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())
