"""How it is told who signed an agreement, and whose signature is not recorded."""

from engagements.agreements.rules.case import Event, State
from engagements.agreements.rules.wording import enumerated
from engagements.agreements.vocabulary import ActKind, Status


def signed_by(state: State, status: str, event: Event) -> str:
    """Name those who signed last, where others of several parties have not."""
    if status != Status.SIGNED or event.kind != ActKind.SIGNATURE or state.is_complete(state.signed_by, event):
        return ""
    same = {key for one in state.case.of_kind(ActKind.SIGNATURE) if one.date == event.window for key in one.parties}
    return f" by {enumerated([f'{{party:{key}}}' for key in sorted(same)])}" if same else ""


def missing_signatures(state: State) -> str:
    """Return whose signature is not recorded, as a clause."""
    if not state.signed_by:
        is_stated = state.stage_event is not None and state.stage_event.kind == ActKind.ATTESTATION
        return "" if is_stated else "; no signature is recorded"
    missing = [f"{{party:{key}}}" for key in state.case.parties if key not in state.signed_by]
    return f"; no signature by {enumerated(missing, 'or')} is recorded" if missing else ""
