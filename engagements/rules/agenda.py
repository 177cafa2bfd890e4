"""When an engagement is held, every action item on its list needs an answer."""

from collections.abc import Collection, Mapping
from uuid import UUID

from engagements.vocabulary import Answer
from sgoffice.records.errors import InvalidEntry, RelatedRecord, RuleViolation


def require_answers(
    listed: Collection[UUID], answers: Mapping[int, tuple[UUID, str, str]], unfinished: Mapping[UUID, RelatedRecord]
) -> None:
    """Refuse invalid answers and unanswered items.

    `answers` maps the place of each answer to item, answer and reason; `unfinished` has the open items of the list.
    Raises InvalidEntry for an item that is not on the list or is answered twice, and for one that is dropped without a
    reason; RuleViolation with the items that have no answer.
    """
    problems: list[tuple[str, str]] = []
    seen: set[UUID] = set()
    for place, (item, answer, reason) in answers.items():
        where = f"/answers/{place}"
        if item not in listed:
            problems.append((f"{where}/item", "The item is not on the list of this engagement: add it first."))
        elif item in seen:
            problems.append((f"{where}/item", "The item is answered twice."))
        if answer == Answer.DROPPED and not reason.strip():
            problems.append((f"{where}/reason", "Say why it will not be done."))
        seen.add(item)
    if problems:
        raise InvalidEntry(problems)
    if left := [named for item, named in unfinished.items() if item not in seen]:
        count = "1 action item has" if len(left) == 1 else f"{len(left)} action items have"
        raise RuleViolation(
            f"{count} no answer: send in `answers` whether each is done, carried, dropped or not_raised.",
            rule="list-not-answered",
            pointer="/answers",
            records=left,
        )
