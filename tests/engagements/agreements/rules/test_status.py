"""The rules from acts to periods: what hypothesis could not break, and each kind of act by example."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engagements.agreements.rules import (
    ActFact,
    Case,
    Clause,
    Duration,
    Window,
    add_duration,
    periods_of,
    status_on,
    subtract_duration,
)
from engagements.agreements.vocabulary import ActKind, Basis, Status

PARTIES = ("ours", "theirs")
FIRST, LAST = date(1990, 1, 1), date(2030, 12, 31)

days = st.dates(FIRST, LAST)
exact = days.map(Window.on)
imprecise = st.tuples(days, st.integers(1, 700)).map(lambda pair: Window(pair[0], pair[0] + timedelta(days=pair[1])))
windows = st.one_of(st.none(), exact, imprecise)


def clauses(depth: int = 2) -> st.SearchStrategy[Clause]:
    after_ = st.one_of(st.none(), st.builds(Duration, st.integers(0, 24), st.integers(1, 90)))
    leaf = st.one_of(
        st.builds(
            Clause, kind=st.sampled_from(["signature_by_all", "approval_by_all", "last_notification"]), after=after_
        ),
        st.builds(Clause, kind=st.just("ratifications"), number=st.integers(1, 3), after=after_),
        st.builds(
            Clause, kind=st.just("approval_by_body"), body=st.sampled_from(["ga", "council"]), called=st.just("it")
        ),
        st.builds(Clause, kind=st.just("fixed_day"), day=st.one_of(exact, imprecise), at_start_of_month=st.booleans()),
    )
    if depth == 0:
        return leaf
    inner = st.lists(clauses(depth - 1), min_size=1, max_size=3).map(tuple)
    return st.one_of(leaf, st.builds(Clause, kind=st.sampled_from(["all_of", "any_of"]), clauses=inner, after=after_))


acts = st.builds(
    ActFact,
    kind=st.sampled_from(list(ActKind)),
    date=windows,
    effect=st.one_of(st.none(), windows),
    until=st.one_of(st.none(), windows),
    party=st.sampled_from(["", *PARTIES]),
    on_behalf_of=st.sampled_from(["", "", "theirs"]),
    attests=st.sampled_from(["", "", "lapsed", "suspended", "in_negotiation"]),
    source=st.sampled_from(["", "a list"]),
)
spans = st.one_of(st.none(), st.builds(Duration, st.integers(1, 60), st.integers(0, 40)))
cases = st.builds(
    Case,
    parties=st.just(PARTIES),
    acts=st.lists(acts, max_size=6).map(tuple),
    is_bilateral=st.booleans(),
    entry_into_force=st.one_of(st.none(), clauses()),
    duration=spans,
    tacit_renewal=spans,
    notice_period=spans,
    expires=windows,
)


@given(cases)
@settings(max_examples=300, deadline=None)
def test_every_day_has_exactly_one_answer(case):
    periods = periods_of(case)

    assert periods[0].start is None
    assert periods[-1].end is None
    assert all(one.end == other.start for one, other in pairwise(periods))
    assert all(one.end > one.start for one in periods[1:-1])


@given(cases)
@settings(max_examples=300, deadline=None)
def test_every_answer_has_a_basis_and_a_sentence(case):
    for period in periods_of(case):
        assert (period.status == Status.NOT_KNOWN) == (period.basis == Basis.NOT_KNOWN)
        assert (period.status == Status.IN_FORCE) == (period.is_in_force is True)
        assert period.sentence.endswith(".")
        assert period.sentence[0].isupper()


@given(cases, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_order_of_entry_makes_no_difference(case, random):
    shuffled = list(case.acts)
    random.shuffle(shuffled)
    parties = list(case.parties)
    random.shuffle(parties)

    other = Case(**{**_fields(case), "acts": tuple(shuffled)})

    assert periods_of(other) == periods_of(case)


@given(cases, st.lists(days, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_silent_acts_change_nothing(case, dates):
    silent = tuple(
        ActFact(kind, Window.on(day)) for kind in ("milestone", "registration", "amendment") for day in dates
    )

    other = Case(**{**_fields(case), "acts": (*case.acts, *silent)})

    assert periods_of(other) == periods_of(case)


@given(
    imprecise, st.sampled_from(["signature", "entry_into_force", "approval", "attestation", "initialling"]), st.data()
)
@settings(deadline=None)
def test_inside_an_imprecise_date_the_status_is_not_known(window, kind, data):
    day = data.draw(st.dates(window.earliest, window.latest))

    case = Case(parties=PARTIES, acts=(ActFact(kind, window),))

    assert status_on(case, day).status == Status.NOT_KNOWN
    assert status_on(case, window.earliest - timedelta(days=1)).status == Status.NOT_KNOWN
    assert status_on(case, window.latest + timedelta(days=1)).status != Status.NOT_KNOWN


@given(days, st.sampled_from(["", "suspended", "lapsed", "signed"]))
def test_an_attestation_starts_on_its_day_and_not_before(day, attests):
    case = Case(parties=PARTIES, acts=(ActFact("attestation", Window.on(day), attests=attests, source="a list"),))

    assert status_on(case, day - timedelta(days=1)).basis == Basis.NOT_KNOWN
    found = status_on(case, day)
    assert (found.status, found.basis, found.as_of) == (attests or "in_force", Basis.ATTESTED, day)
    assert "according to a list" in found.sentence


@given(days, st.sampled_from(["termination", "lapse", "supersession", "expiry"]), st.lists(days, max_size=4))
def test_proof_is_stronger_than_attestation(day, kind, attested):
    """What acts prove of a day stays when somebody attests that it was in force then."""
    end = ActFact(kind, Window.on(day))
    attestations = tuple(ActFact("attestation", Window.on(item), source="a list") for item in attested)

    periods = periods_of(Case(parties=PARTIES, acts=(end, *attestations)))

    after = [one for one in periods if one.start is not None and one.start >= day]
    assert {one.status for one in after} <= {"terminated", "lapsed", "superseded", "expired"}
    assert after[0].start == day
    # the last one says so, if somebody states the contrary of a later day
    assert ("which contradicts it" in after[-1].sentence) is any(item > day for item in attested)
    assert periods[-1].basis == Basis.COMPUTED


@given(days, st.integers(1, 500), st.integers(0, 500))
def test_durations_go_forward_and_months_keep_the_day_where_they_can(day, months, count):
    moved = add_duration(day, Duration(months=months, days=count))

    assert moved > day
    assert subtract_duration(add_duration(day, Duration(days=count)), Duration(days=count)) == day
    in_month = add_duration(day, Duration(months=months))
    assert in_month.day == day.day or (in_month.day < day.day and (in_month + timedelta(days=1)).day == 1)


@given(st.lists(st.tuples(days, st.integers(0, 30)), min_size=1, max_size=6, unique_by=lambda pair: pair[0]), spans)
def test_windows_keep_their_order_when_moved(pairs, span):
    found = [Window(day, day + timedelta(days=length)).after(span) for day, length in sorted(pairs)]

    assert all(item.earliest <= item.latest for item in found)
    assert [item.earliest for item in found] == sorted(item.earliest for item in found)


def _fields(case):
    names = (
        "parties",
        "acts",
        "is_bilateral",
        "entry_into_force",
        "duration",
        "tacit_renewal",
        "notice_period",
        "expires",
    )
    return {name: getattr(case, name) for name in names}
