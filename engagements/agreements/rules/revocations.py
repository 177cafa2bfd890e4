"""What was announced and taken back before it took effect (Vienna Convention on the Law of Treaties, Article 68)."""

from engagements.agreements.rules.acts import effective_window
from engagements.agreements.rules.case import ActFact, Case
from engagements.agreements.rules.days import Window
from engagements.agreements.rules.effects import concerns
from engagements.agreements.vocabulary import ActKind

_ANNOUNCED = frozenset({
    ActKind.NOTICE_OF_TERMINATION, ActKind.WITHDRAWAL, ActKind.TERMINATION, ActKind.SUSPENSION
})  # fmt: skip


def is_revoked(act: ActFact, case: Case, takes_effect: Window | None) -> bool:
    """Tell whether an act was taken back surely after it was done, and surely before it took effect."""
    if act.kind not in _ANNOUNCED or act.date is None:
        return False
    return any(
        one.date is not None
        and concerns(one, act)
        and one.date.earliest >= act.date.latest
        and (takes_effect is None or one.date.latest < takes_effect.earliest)
        for one in _revoking(case)
    )


def _revoking(case: Case) -> list[ActFact]:
    """Return the revocations; a resumption while nothing is suspended can be nothing else."""
    suspended = [window for act in case.of_kind(ActKind.SUSPENSION) if (window := effective_window(act)) is not None]
    resumed = [
        act
        for act in case.of_kind(ActKind.RESUMPTION)
        if act.date is not None and not any(window.earliest <= act.date.latest for window in suspended)
    ]
    return [*case.of_kind(ActKind.REVOCATION), *resumed]
