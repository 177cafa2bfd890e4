"""Clauses of real agreements in the words of their texts, with acts and the status that follows on some days."""

from dataclasses import dataclass, field
from typing import Any

from engagements.agreements.rules import ActFact, Case, Duration, Window, read_clause

US, THEM, THIRD = "interpol", "them", "third"


def act(
    kind: str, day: str | None = None, party: str = "", *, body: str = "", behalf: str = "", **values: Any
) -> ActFact:
    windows = {name: Window.of(values.pop(name)) for name in ("effect", "until") if name in values}
    return ActFact(kind, Window.of(day), party=party, by_body=body, on_behalf_of=behalf, **windows, **values)


@dataclass
class Real:
    """A clause as the agreement words it, what happened, and where it stands on some days."""

    name: str
    words: str
    acts: list[ActFact]
    on: dict[str, str]
    clause: dict[str, Any] | None = None
    terms: dict[str, Any] = field(default_factory=dict)
    says: str = ""


def all_of(*clauses: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"kind": "all_of", "clauses": list(clauses), **values}


CONFERENCE = {"kind": "approval_by_body", "body": "conference", "called": "the Conference of Heads of Government"}
ASSEMBLY = {"kind": "approval_by_body", "body": "assembly", "called": "the General Assembly"}
CARICOM = all_of({"kind": "signature_by_all", "after": "P60D"}, CONFERENCE, ASSEMBLY)
SIGNED = {"kind": "signature_by_all"}

REAL = [
    Real(
        "CARICOM 2009, Article 12: not approved",
        "sixty days after signature, subject to the approval of the Conference and of the General Assembly",
        [act("signature", "2009-02-25"), act("approval", "2009-07-05", body="conference", behalf=THEM)],
        {"2009-02-24": "not_known", "2009-02-25": "signed", "2009-04-26": "signed", "2026-01-01": "approved"},
        clause=CARICOM,
        says="no approval by the General Assembly is recorded",
    ),
    Real(
        "CARICOM 2009, Article 12: approved before the sixty days are over",
        "sixty days after signature, subject to the approval of the Conference and of the General Assembly",
        [
            act("signature", "2009-02-25"),
            act("approval", "2008-10-10", body="assembly", behalf=US),
            act("approval", "2009-03-13", body="conference", behalf=THEM),
        ],
        {"2008-10-10": "approved", "2009-03-01": "signed", "2009-04-25": "approved", "2009-04-26": "in_force"},
        clause=CARICOM,
    ),
    Real(
        "CARICOM 2009, Article 12: the last approval comes later",
        "sixty days after signature, subject to the approval of the Conference and of the General Assembly",
        [
            act("signature", "2009-02-25"),
            act("approval", "2009-10-15", body="assembly", behalf=US),
            act("approval", "2009-07-05", body="conference", behalf=THEM),
        ],
        {"2009-10-14": "approved", "2009-10-15": "in_force"},
        clause=CARICOM,
    ),
    Real(
        "United Nations 1997",
        "enters into force on the day on which it is approved by the General Assembly of the United Nations and by "
        "the General Assembly of the Organization",
        [
            act("approval", "1996-10-29", body="assembly", behalf=US),
            act("approval", "1997-10", body="unga", behalf=THEM),
            act("signature", "1997-07-08"),
        ],
        {"1996-10-29": "approved", "1997-07-08": "signed", "1997-10-15": "not_known", "1997-11-01": "in_force"},
        clause=all_of(ASSEMBLY, {"kind": "approval_by_body", "body": "unga", "called": "the UN General Assembly"}),
    ),
    Real(
        "Prosecutor of the ICC 2005",
        "shall enter into force upon signature by both Parties",
        [act("signature", "2005-03-22", US), act("signature", "2005-03-22", THEM)],
        {"2005-03-21": "not_known", "2005-03-22": "in_force"},
        clause=SIGNED,
    ),
    Real(
        "signed in different places on different days",
        "shall enter into force on the date of the last signature",
        [act("signature", "2005-03-18", US), act("signature", "2005-03-22", THEM)],
        {"2005-03-18": "in_negotiation", "2005-03-21": "in_negotiation", "2005-03-22": "in_force"},
        clause=SIGNED,
    ),
    Real(
        "Europol 2001",
        "enters into force when both Parties have notified each other that their requirements are met",
        [
            act("approval", "2001-06-27", body="council", behalf=THEM),
            act("signature", "2001-11-05"),
            act("notification", "2001-11-20", US),
        ],
        {"2001-07-01": "approved", "2001-11-05": "signed", "2026-01-01": "approved"},
        clause={"kind": "last_notification"},
        says="no notification by {party:them} is recorded",
    ),
    Real(
        "bilateral, by diplomatic notes",
        "on the first day of the second month following the receipt of the last notification",
        [
            act("signature", "2015-06-01"),
            act("notification", "2015-11-10", US),
            act("notification", "2016-01-31", THEM),
        ],
        {"2016-02-29": "approved", "2016-03-01": "in_force"},
        clause={"kind": "last_notification", "after": "P1M", "at_start_of_month": True},
    ),
    Real(
        "Council of Europe convention",
        "on the first day of the month following the expiration of three months after the third ratification",
        [
            act("opened_for_signature", "2001-11-23"),
            act("signature", "2001-11-23", US),
            act("signature", "2001-11-23", THEM),
            act("ratification", "2002-06-20", US),
            act("ratification", "2003-05-12", THEM),
            act("ratification", "2004-03-18", THIRD),
        ],
        {"2001-11-23": "signed", "2004-06-30": "approved", "2004-07-01": "in_force"},
        clause={"kind": "ratifications", "number": 3, "after": "P3M", "at_start_of_month": True},
        terms={"is_bilateral": False, "parties": (US, THEM, THIRD)},
    ),
    Real(
        "UN convention",
        "on the thirtieth day after the deposit of the second instrument of ratification or accession",
        [
            act("signature", "2000-12-12", US),
            act("ratification", "2001-01-31", US),
            act("accession", "2001-12-31", THEM),
        ],
        {"2002-01-29": "signed", "2002-01-30": "in_force"},
        clause={"kind": "ratifications", "number": 2, "after": "P30D"},
        terms={"is_bilateral": False, "parties": (US, THEM, THIRD)},
    ),
    Real(
        "host agreement",
        "upon signature; until then it applies provisionally",
        [act("provisional_application", "2016-02-01"), act("signature", "2016-05-10")],
        {"2016-02-01": "provisionally_applied", "2016-05-09": "provisionally_applied", "2016-05-10": "in_force"},
        clause=SIGNED,
    ),
    Real(
        "funding agreement on fixed days",
        "enters into force on 1 January 2013 or on signature, whichever is later, and ends on 1 December 2022",
        [act("signature", "2012-11-06")],
        {"2012-12-31": "signed", "2013-01-01": "in_force", "2022-11-30": "in_force", "2022-12-01": "expired"},
        clause=all_of(SIGNED, {"kind": "fixed_day", "day": "2013-01-01"}),
        terms={"expires": "2022-12-01"},
    ),
    Real(
        "whichever comes first",
        "on approval by the General Assembly or ninety days after signature, whichever is earlier",
        [act("signature", "2016-05-23"), act("approval", "2016-11-10", body="assembly", behalf=US)],
        {"2016-08-20": "signed", "2016-08-21": "in_force"},
        clause={"kind": "any_of", "clauses": [ASSEMBLY, {**SIGNED, "after": "P90D"}]},
    ),
    Real(
        "WADA 2009: two approvals, then signature",
        "enters into force on signature after approval by both",
        [
            act("approval", "2008-10", body="assembly", behalf=US),
            act("approval", "2008-11", THEM),
            act("signature", "2009-02-02"),
        ],
        {"2008-10-08": "not_known", "2008-11-01": "approved", "2009-02-02": "in_force"},
        clause=all_of(SIGNED, {"kind": "approval_by_all"}),
    ),
    Real(
        "five years, tacitly renewed, six months' notice",
        "concluded for five years and renewed tacitly for two, unless denounced six months before its end",
        [act("signature", "2010-03-31"), act("notice_of_termination", "2016-10-01", THEM)],
        {"2015-03-31": "in_force", "2017-03-30": "in_force", "2019-03-30": "in_force", "2019-03-31": "expired"},
        clause=SIGNED,
        terms={"duration": "P5Y", "tacit_renewal": "P2Y", "notice_period": "P6M"},
    ),
    Real(
        "the same, denounced in time",
        "concluded for five years and renewed tacitly for two, unless denounced six months before its end",
        [act("signature", "2010-03-31"), act("notice_of_termination", "2016-09-30", THEM)],
        {"2017-03-30": "in_force", "2017-03-31": "expired"},
        clause=SIGNED,
        terms={"duration": "P5Y", "tacit_renewal": "P2Y", "notice_period": "P6M"},
    ),
    Real(
        "one year from a leap day",
        "concluded for one year from its entry into force",
        [act("entry_into_force", "2016-02-29")],
        {"2017-02-27": "in_force", "2017-02-28": "expired"},
        terms={"duration": "P1Y"},
    ),
    Real(
        "denounced with three months' notice",
        "either Party may terminate this Agreement at any time by giving three months' written notice",
        [act("signature", "2007-06-07"), act("notice_of_termination", "2011-11-30", THEM)],
        {"2011-11-30": "in_force", "2012-02-28": "in_force", "2012-02-29": "terminated"},
        clause=SIGNED,
        terms={"notice_period": "P3M"},
    ),
    Real(
        "FIFA 2011: suspended and resumed",
        "suspended by the Organization on 12 June 2015",
        [act("signature", "2011-05-09"), act("suspension", "2015-06-12", US), act("resumption", "2016-12-01")],
        {"2015-06-11": "in_force", "2015-06-12": "suspended", "2016-11-30": "suspended", "2016-12-01": "in_force"},
        clause=SIGNED,
    ),
    Real(
        "a convention that loses its parties",
        "a Party may withdraw; the withdrawal takes effect one year later",
        [
            act("entry_into_force", "2000-01-01"),
            act("withdrawal", "2010-01-01", US, effect="2011-01-01"),
            act("withdrawal", "2012-01-01", THEM, effect="2013-01-01"),
        ],
        {"2011-01-01": "in_force", "2012-12-31": "in_force", "2013-01-01": "not_known"},
        terms={"is_bilateral": False, "parties": (US, THEM, THIRD)},
    ),
    Real(
        "Interim agreement of the Special Tribunal for Lebanon",
        "shall remain in force until a full agreement enters into force",
        [act("entry_into_force", "2009-08-24"), act("supersession", "2012-01-15")],
        {"2009-08-23": "not_known", "2009-08-24": "in_force", "2012-01-15": "superseded"},
    ),
    Real(
        "Stadia: ten years, extended twice",
        "until November 2022; extended on 24 May 2022 and again on 17 December 2025",
        [act("signature", "2012-11-06"), act("renewal", "2022-05-24"), act("renewal", "2025-12-17")],
        {"2012-11-06": "in_force", "2022-11-15": "in_force", "2026-01-01": "in_force"},
        clause=SIGNED,
        terms={"expires": "2022-11"},
    ),
    Real(
        "the same, renewed late",
        "until November 2022; renewed in May 2023 for two years",
        [act("signature", "2012-11-06"), act("renewal", "2023-05-24", until="2025-05-24")],
        {"2022-11-15": "not_known", "2022-12-01": "expired", "2023-05-24": "in_force", "2025-05-24": "expired"},
        clause=SIGNED,
        terms={"expires": "2022-11"},
    ),
]


def case_of(real: Real) -> Case:
    terms = dict(real.terms)
    for name in ("duration", "tacit_renewal", "notice_period"):
        if name in terms:
            terms[name] = Duration.parse(terms[name])
    if "expires" in terms:
        terms["expires"] = Window.of(terms["expires"])
    parties = terms.pop("parties", (US, THEM))
    clause = read_clause(real.clause) if real.clause else None
    return Case(parties=parties, acts=tuple(real.acts), entry_into_force=clause, **terms)
