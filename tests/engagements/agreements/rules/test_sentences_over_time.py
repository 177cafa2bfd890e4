"""No sentence announces what lies behind the day on which its status rests, or contradicts its own other half."""

import re
from datetime import date, datetime

import pytest
from hypothesis import given, settings

from engagements.agreements.rules import Window, periods_of, read_clause
from tests.engagements.agreements.rules.real_clauses import US, act
from tests.engagements.agreements.rules.test_sentences import said
from tests.engagements.agreements.rules.test_status import cases

AGAIN = "; when it enters into force again is not recorded."
FORCE = "In force since 1 February 2010"
NO_CLAUSE = "how it enters into force is not recorded, so whether it is in force is not known"
WHICH = "whether by signature, by entry into force or by another act is not known"
PARTY = "{party:interpol}"
STATED = act("attestation", source="https://example.org/list")
BY_SIGNATURE = read_clause({"kind": "signature_by_all"})
ON_A_DAY = read_clause({"kind": "fixed_day", "day": "2010-02-01"})
ENTRY, SIGNED = act("entry_into_force", "2010-02-01"), act("signature", "2010-02-01")
APPLIED = act("provisional_application", "2013-03-01")
RATIFIED = act("ratification", "2011-06-01", US)
SEVERAL = {"entry_into_force": read_clause({"kind": "ratifications", "number": 5}), "is_bilateral": False}
LACKING = {4: "4 of 5 ratifications are not recorded", 1: "1 of 5 ratifications is not recorded"}
UNSIGNED = "no signature by {party:interpol}, no signature by {party:them} and no signature by {party:jp}"
NOTICE = act("notice_of_termination", "2012-01-01", US, effect="2012-07-01")
#: Acts, the terms, the day, and the sentence of that day.
SENTENCES = [
    ([ENTRY, APPLIED], {"expires": Window.of("2012-02-01")}, "2013-06-01",
     f"Provisionally applied since 1 March 2013{AGAIN}"),
    ([SIGNED, act("termination", "2012-02-01"), APPLIED], {"entry_into_force": BY_SIGNATURE}, "2013-06-01",
     f"Provisionally applied since 1 March 2013{AGAIN}"),
    ([SIGNED, act("lapse", "2012-02-01"), APPLIED], {"entry_into_force": ON_A_DAY}, "2013-06-01",
     f"Provisionally applied since 1 March 2013{AGAIN}"),
    ([ENTRY, act("expiry", "2012-02-01"), APPLIED, act("entry_into_force", "2015-05-01")], {}, "2013-06-01",
     "Provisionally applied since 1 March 2013; enters into force on 1 May 2015."),
    ([APPLIED, act("entry_into_force", "2014-05")], {}, "2013-06-01",
     "Provisionally applied since 1 March 2013; enters into force in May 2014."),
    ([APPLIED], {}, "2013-06-01",
     "Provisionally applied since 1 March 2013; how it enters into force is not recorded."),
    ([SIGNED, act("entry_into_force", "2011-01-01", verification="inferred")], {}, "2010-06-01",
     "Signed on 1 February 2010; enters into force on 1 January 2011 (inferred)."),
    ([SIGNED, act("approval", "2010-11-10")], {}, "2010-12-01",
     f"Approved on 10 November 2010, after its signature on 1 February 2010; {NO_CLAUSE}."),
    ([ENTRY, NOTICE], {}, "2012-03-01",
     f"{FORCE}; notice of termination was given on 1 January 2012 by {PARTY}, with effect on 1 July 2012."),
    ([ENTRY, NOTICE], {"is_bilateral": False}, "2013-03-01",
     f"{FORCE}; ended for {PARTY} on 1 July 2012, by the notice given on 1 January 2012."),
    ([ENTRY, NOTICE, act("attestation", "2013-01-01"), act("termination", "2014-01-01")], {}, "2013-06-01",
     f"{FORCE}; notice of termination was given on 1 January 2012 by {PARTY}."),
    ([SIGNED, act("approval", "2010-01-20/2010-02-10")], {}, "2010-03-01",
     f"Approved on a day between 20 January 2010 and 10 February 2010; signed on 1 February 2010; {NO_CLAUSE}."),
    ([act("approval", "2010-01"), act("signature", "2010-01-31")], {}, "2010-03-01",
     f"Approved in January 2010; signed on 31 January 2010; {NO_CLAUSE}."),
    ([RATIFIED], {}, "2012-01-01", f"Ratified on 1 June 2011 by {PARTY}; {NO_CLAUSE}."),
    ([RATIFIED], SEVERAL, "2012-01-01",
     f"Ratified on 1 June 2011 by {PARTY}; enters into force on ratification number 5; {LACKING[4]}."),
    ([act("accession", f"200{year}", f"p{year}") for year in range(1, 5)], SEVERAL, "2012-01-01",
     f"4 consents are recorded, the last in 2004; enters into force on ratification number 5; {LACKING[1]}."),
    ([SIGNED, RATIFIED], {}, "2012-01-01",
     f"Signed on 1 February 2010; ratified on 1 June 2011 by {PARTY}; {NO_CLAUSE}."),
    ([SIGNED], {"entry_into_force": ON_A_DAY}, "2012-01-01", f"{FORCE}, the day that it names."),
    ([act("signature", "2010-03-05")], {"entry_into_force": ON_A_DAY}, "2012-01-01",
     "In force since 5 March 2010, on its signature, its conditions having been met before."),
    ([APPLIED], {"entry_into_force": ON_A_DAY}, "2013-06-01",
     f"Provisionally applied since 1 March 2013; {UNSIGNED} is recorded."),
    ([ENTRY, act("termination", "2012-01-01"), act("attestation", "2014-01-01", source="a list")], {}, "2014-06-01",
     "Terminated on 1 January 2012; in force on 1 January 2014 according to a list, which contradicts it."),
    ([ENTRY, act("termination", "2012-01-01"), act("attestation", "2014-01-01", source="a list"),
      act("attestation", "2015-01-01", source="a report", attests="terminated")], {}, "2015-06-01",
     "Terminated on 1 January 2012."),
    ([act("attestation", "2010-01-01", source="a list"), act("signature", "2011-01-01")], {}, "2014-01-01",
     "Not known: last attested in force on 1 January 2010 by a list; signed on 1 January 2011."),
    ([SIGNED], {}, "2009-01-01", "Nothing about its status is recorded before 1 February 2010."),
    ([STATED, act("conclusion", "196X")], {}, "1950-01-01", "Nothing about its status is recorded before the 1960s."),
    ([STATED, act("conclusion", "196X")], {}, "1965-01-01", "Conclusion in the 1960s, the exact day is not known."),
    ([STATED, act("conclusion", "196X")], {}, "1975-01-01",
     f"Concluded in the 1960s; {WHICH}; example.org states that it is in force, but gives no date."),
    ([act("attestation", "2011-05-03", source="https://www.example.org/a/b")], {}, "2011-06-01",
     "In force on 3 May 2011 according to example.org; nothing newer is recorded."),
    ([act("attestation", "2011", source="https://example.org/a")], {}, "2011-06-01",
     "In force according to example.org in 2011, the exact day is not known."),
]  # fmt: skip
_AHEAD = re.compile(r"(?:enters into force|with effect) on (\d{1,2} \w+ \d{4})")


@pytest.mark.parametrize(("acts", "terms", "day", "sentence"), SENTENCES)
def test_what_is_announced_lies_ahead(acts, terms, day, sentence):
    assert said(*acts, day=day, **terms)[2] == sentence


@given(cases)
@settings(max_examples=300, deadline=None)
def test_no_sentence_announces_what_lies_before_its_period(case):
    for period in periods_of(case):
        announced = [datetime.strptime(one, "%d %B %Y").date() for one in _AHEAD.findall(period.sentence)]
        assert all(day >= (period.start or date.min) for day in announced), period.sentence
