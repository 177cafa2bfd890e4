"""What was to be raised at an engagement: its list of action items, and the answers when it closes."""

from datetime import date
from uuid import UUID

from engagements.models import ActionItem, Engagement
from engagements.rules import Days, require_answers
from engagements.services.action_items import carry_action_item, complete_action_item, drop_action_item
from engagements.services.entries import CarryEntry, CompletionEntry, ItemAnswer, StepEntry
from engagements.services.links import add_tie
from engagements.vocabulary import UNFINISHED, Answer, Relation
from sgoffice.changes.door import ANY_VERSION, current_actor
from sgoffice.records.actors import Actor
from sgoffice.records.errors import RelatedRecord
from sgoffice.records.models import Link


def require_closed(engagement: Engagement, answers: tuple[ItemAnswer, ...], *, listed: tuple[UUID, ...] = ()) -> None:
    """Hold an open engagement to its list, and note what was not raised; raises what the rules refuse.

    `listed` are items that the same call puts on the list. Items that the actor cannot see ask for no answer of theirs.
    """
    tied = Link.objects.filter(source=engagement.pk, relation=Relation.ON_LIST).values_list("target", flat=True)
    rows = ActionItem.objects.visible_to(current_actor()).live().filter(pk__in={*tied, *listed})
    unfinished = {
        item.pk: RelatedRecord(id=item.pk, kind="action_item", label=str(item), reference=item.reference)
        for item in rows.filter(status__in=UNFINISHED).order_by("sort_due", "pk")
    }
    given = {place: (answer.item, answer.answer, answer.reason) for place, answer in enumerate(answers)}
    require_answers({*rows.values_list("pk", flat=True)}, given, unfinished)
    # what was to be raised when it was planned has been answered for
    engagement.warnings = [one for one in engagement.warnings if one["rule"] != "open-action-items"]
    for place, answer in enumerate(answers):
        if answer.answer == Answer.NOT_RAISED:
            add_tie(engagement.pk, Relation.NOT_RAISED, answer.item, pointer=f"/answers/{place}/item")


def carry_out(engagement: Engagement, answers: tuple[ItemAnswer, ...], *, by: Actor) -> None:
    """Do to each action item what was answered, once the engagement is stored.

    Done needs no other evidence than the engagement; carried makes a new item that is owed from this engagement.
    """
    reason = f"at {engagement.reference}"
    for answer in sorted(answers, key=lambda one: one.item):
        said = f"{answer.reason} ({reason})" if answer.reason else reason
        if answer.answer == Answer.DONE:
            evidence = answer.evidence or (engagement.reference,)
            done = CompletionEntry(evidence=evidence, completed_on=_day(engagement), reason=said)
            complete_action_item(answer.item, done, by=by, expected=ANY_VERSION)
        elif answer.answer == Answer.DROPPED:
            drop_action_item(answer.item, StepEntry(reason=said), by=by, expected=ANY_VERSION)
        elif answer.answer == Answer.CARRIED:
            carried = CarryEntry(engagement=engagement.pk, due_on=answer.due_on, reason=said)
            carry_action_item(answer.item, carried, by=by, expected=ANY_VERSION)


def _day(engagement: Engagement) -> date:
    return Days.of(engagement.held or "").latest
