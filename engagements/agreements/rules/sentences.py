"""The sentence that says why an agreement stands where it stands.

Parties and bodies are left as `{party:key}` and `{body:key}`, since names change: `with_names` puts them in when the
sentence is read.
"""

import re
from collections.abc import Callable

from engagements.agreements.rules.case import ActFact, Case
from engagements.agreements.rules.clauses import in_words
from engagements.agreements.rules.events import Event, day_of, end_by_notice, expected_entry
from engagements.agreements.rules.standing import Standing
from engagements.agreements.vocabulary import ActKind, Status, Verification

_NAME = re.compile(r"\{(party|body):([0-9A-Za-z-]{1,64})\}")
_DOUBTFUL: dict[str, str] = {Verification.UNVERIFIED: " (not verified)", Verification.INFERRED: " (inferred)"}
_VERBS: dict[str, str] = {
    ActKind.NEGOTIATION_MANDATE: "Negotiations were authorized",
    ActKind.SIGNING_MANDATE: "Signature was authorized",
    ActKind.INITIALLING: "Initialled",
    ActKind.ADOPTION: "The text was adopted",
    ActKind.OPENED_FOR_SIGNATURE: "Opened for signature",
    ActKind.SIGNATURE: "Signed",
    ActKind.APPROVAL: "Approved",
    ActKind.RATIFICATION: "Ratified",
    ActKind.ACCEPTANCE: "Accepted",
    ActKind.ACCESSION: "Acceded to",
    ActKind.NOTIFICATION: "Notified",
    ActKind.PROVISIONAL_APPLICATION: "Provisionally applied since",
    ActKind.ENTRY_INTO_FORCE: "In force since",
    ActKind.RENEWAL: "Renewed",
    ActKind.SUSPENSION: "Suspended",
    ActKind.RESUMPTION: "Resumed",
    ActKind.NOTICE_OF_TERMINATION: "Notice of termination was given",
    ActKind.WITHDRAWAL: "Ended by the withdrawal",
    ActKind.TERMINATION: "Terminated",
    ActKind.EXPIRY: "Expired",
    ActKind.LAPSE: "Lapsed",
    ActKind.SUPERSESSION: "Superseded",
    ActKind.CONCLUSION: "Concluded",
}


def with_names(sentence: str, names: Callable[[str, str], str]) -> str:
    """Return the sentence with what `names("party" | "body", key)` says for each name."""
    return _NAME.sub(lambda match: names(match[1], match[2]), sentence)


def explain(standing: Standing) -> str:
    """Return the sentence for where an agreement stands."""
    status, event = standing.status()
    if event is None:
        return _nothing(standing.case)
    told = _told(event, with_who=status != Status.SIGNED)
    if status == Status.NOT_KNOWN:
        return f"{told}; {_DOUBTS[event.kind]}."
    if event.kind != ActKind.ATTESTATION:
        told += _how(event, standing.case)
    if status in (Status.SIGNED, Status.APPROVED, Status.PROVISIONALLY_APPLIED):
        told += _other_stage(standing, event) + _entry(standing.case)
    elif status == Status.IN_NEGOTIATION:
        told += _signatures(standing)
    elif status in (Status.IN_FORCE, Status.SUSPENDED):
        told += _notice(standing)
    return f"{told}."


def _nothing(case: Case) -> str:
    """Return that nothing tells, or who says so of no day."""
    undated = [act for act in case.of_kind(ActKind.ATTESTATION) if day_of(act) is None]
    if not undated:
        return "Nothing is recorded of where it stands."
    act = undated[0]
    return f"{Status(act.attested_status).label}{_according_to(act)}, which says of no day{_doubtful(act)}."


_DOUBTS: dict[str, str] = {
    ActKind.CONCLUSION: "whether by signature, by entry into force or by another act is not known",
    ActKind.NOTICE_OF_TERMINATION: "when it takes effect is not known",
}


def explain_window(events: list[Event]) -> str:
    """Return the sentence for days inside imprecise dates."""
    parts = []
    for event in events:
        noun, is_month = ActKind(event.kind).label, event.window.when.startswith("in ")
        parts.append(f"{noun} {event.window.when}{', on which day is not known' if is_month else ''}")
    return f"{'; '.join(dict.fromkeys(parts))}."


def _told(event: Event, *, with_who: bool) -> str:
    """Return what happened, when, and by whom (what all have signed was signed by no one alone)."""
    act = event.act
    if event.kind == ActKind.ATTESTATION and act is not None:
        words = Status(act.attested_status).label
        return f"{words} as of {event.window}{_according_to(act)}{_doubtful(act)}"
    verb = _VERBS[ActKind(event.kind)]
    told = f"{verb} {event.window if verb.endswith('since') else event.window.when}"
    if act is None:
        return told
    return f"{told}{_by(event, act) if with_who else ''}{_doubtful(act)}"


def _by(event: Event, act: ActFact) -> str:
    if event.is_derived and act.kind != ActKind.NOTICE_OF_TERMINATION:
        return ""
    who = f"{{party:{act.party}}}" if act.party else f"{{body:{act.by_body}}}" if act.by_body else ""
    if act.on_behalf_of and act.by_body:
        who += f" for {{party:{act.on_behalf_of}}}"
    who = f" by {who}" if who else ""
    if act.on_behalf_of and not act.by_body:
        who += f" on behalf of {{party:{act.on_behalf_of}}}"
    return f", by the notice of {act.date}{who}" if event.is_derived else who


def _according_to(act: ActFact) -> str:
    return f" according to {act.source}" if act.source else ""


def _doubtful(act: ActFact) -> str:
    return _DOUBTFUL.get(Verification(act.verification), "") if act.verification else ""


def _how(event: Event, case: Case) -> str:
    """Return what brought an event that is no act, or until when it holds."""
    if event.is_derived and event.act is None:
        if event.kind == ActKind.ENTRY_INTO_FORCE and case.entry_into_force is not None:
            return f", {in_words(case.entry_into_force, is_bilateral=case.is_bilateral)}"
        return ", at the end of its term"
    if event.is_derived or event.act is None:
        return ""
    if event.kind == ActKind.RENEWAL and event.act.until is None:
        return ", until when is not recorded"
    return f", until {event.act.until}" if event.act.until else ""


def _other_stage(standing: Standing, event: Event) -> str:
    """Return the approval that came before the signature, or the signature before the approval."""
    approval = standing.approval
    if event.kind == ActKind.SIGNATURE and approval is not None and approval.act is not None:
        return f", after its approval {approval.window.when}{_by(approval, approval.act)}{_doubtful(approval.act)}"
    if event.kind == ActKind.APPROVAL and not standing.case.of_kind(ActKind.SIGNATURE):
        return "; no signature is recorded"
    return ""


def _entry(case: Case) -> str:
    """Return how and when it enters into force, or that this is not known."""
    dates = [day_of(act) for act in case.of_kind(ActKind.ENTRY_INTO_FORCE)]
    if dates:
        known = [window for window in dates if window is not None]
        return f"; enters into force {min(known, key=lambda item: item.earliest).when}" if known else ""
    if case.entry_into_force is None:
        return "; how it enters into force is not recorded, so whether it is in force is not known"
    words = in_words(case.entry_into_force, is_bilateral=case.is_bilateral)
    outcome = expected_entry(case)
    if outcome is None or (outcome.is_met and outcome.window is None):
        return f"; enters into force {words}, on a day that is not known"
    if outcome.window is not None:
        return f"; enters into force {outcome.window.when}, {words}"
    return f"; enters into force {words}; awaiting {_list(outcome.awaiting)}"


def _signatures(standing: Standing) -> str:
    if not standing.signed_by:
        return ""
    missing = [f"{{party:{key}}}" for key in standing.case.parties if key not in standing.signed_by]
    return f"; awaiting signature by {_list(tuple(missing))}" if missing else ""


def _notice(standing: Standing) -> str:
    """Return that notice was given, and when it takes effect."""
    notice = standing.notice.act if standing.notice else None
    if notice is None:
        return ""
    window = end_by_notice(notice, standing.case)
    effect = f", with effect {window.when}" if window else ""
    return f"; notice of termination was given {notice.date.when if notice.date else ''}{effect}"


def _list(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
