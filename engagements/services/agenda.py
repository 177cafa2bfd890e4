"""The agenda of an engagement: the action items on its list, and what became of them when it is held."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from engagements.models import ActionItem, Engagement
from engagements.rules import Days, local_today, require_answers, warn_of_open_items, warn_of_unanswered_items
from engagements.services.action_item_steps import carry_action_item, complete_action_item, drop_action_item
from engagements.services.counterparts import find_unlisted_references, stored_counterparts
from engagements.services.entries import CarryEntry, CompletionEntry, EngagementEntry, ItemAnswer, StepEntry
from engagements.services.links import add_target
from engagements.vocabulary import AHEAD, UNFINISHED, Answer, EngagementStatus, Relation
from sgoffice.changes.door import ANY_VERSION, current_actor
from sgoffice.changes.findings import finds_again
from sgoffice.directory.counterparts import Counterparts
from sgoffice.records.actors import Actor
from sgoffice.records.entries import to_json
from sgoffice.records.errors import InvalidEntry, RelatedRecord
from sgoffice.records.models import Link
from sgoffice.records.readership import Readership


def set_agenda(engagement: Engagement, entry: EngagementEntry, counterparts: Counterparts) -> None:
    """Require an answer to each item on the list of what is logged as held; other open items are only a warning.

    `counterparts` are those of the entry.
    """
    if engagement.status == EngagementStatus.HELD:
        close_agenda(engagement, entry.answers, listed=entry.items)
    elif entry.answers:
        raise InvalidEntry([("/answers", "Items are answered when the engagement is held.")])
    if engagement.status not in {*AHEAD, EngagementStatus.REQUESTED, EngagementStatus.HELD}:
        return
    _warn_of_open_items(engagement, counterparts, entry.items)


def _warn_of_open_items(engagement: Engagement, counterparts: Counterparts, listed: Collection[UUID]) -> None:
    references = find_unlisted_references(engagement, counterparts, listed)
    is_held = engagement.status == EngagementStatus.HELD
    warnings = warn_of_unanswered_items(references) if is_held else warn_of_open_items(references)
    engagement.warnings = [*_other_warnings(engagement), *to_json(warnings)]


def _other_warnings(engagement: Engagement) -> list[dict[str, str]]:
    return [warning for warning in engagement.warnings if warning["rule"] != "open-action-items"]


@finds_again(Engagement.record_kind)
def find_open_items_again(engagement: Engagement, before: Readership) -> None:
    """Warn anew of the open items that its readers may read, if there was such a warning."""
    if _other_warnings(engagement) != engagement.warnings:
        listed = Link.objects.filter(source=engagement.pk, relation=Relation.ON_LIST).values_list("target", flat=True)
        _warn_of_open_items(engagement, stored_counterparts(engagement), list(listed))


def close_agenda(engagement: Engagement, answers: tuple[ItemAnswer, ...], *, listed: tuple[UUID, ...] = ()) -> None:
    """Require an answer to each item on the list of an open engagement, and link the items that were not raised.

    `listed` are items that the same call puts on the list. Items that the actor cannot see need no answer.
    """
    links = Link.objects.filter(source=engagement.pk, relation=Relation.ON_LIST).values_list("target", flat=True)
    linked = [] if engagement.is_new else links
    wanted = {*linked, *listed}
    items = ActionItem.objects.visible_to(current_actor()).live().filter(pk__in=wanted)
    unfinished = {
        item.pk: RelatedRecord(id=item.pk, kind="action_item", label=str(item), reference=item.reference)
        for item in (items.filter(status__in=UNFINISHED).order_by("sort_due", "pk") if wanted else ())
    }
    given = {place: (answer.item, answer.answer, answer.reason) for place, answer in enumerate(answers)}
    require_answers({*items.values_list("pk", flat=True)} if wanted else set(), given, unfinished)
    # every item on the list has its answer: the warning from the planning no longer applies
    engagement.warnings = _other_warnings(engagement)
    for place, answer in enumerate(answers):
        if answer.answer == Answer.NOT_RAISED:
            add_target(engagement.pk, Relation.NOT_RAISED, answer.item, pointer=f"/answers/{place}/item")


def apply_answers(engagement: Engagement, answers: tuple[ItemAnswer, ...], *, by: Actor, at: datetime) -> None:
    """Complete, drop or carry each action item as answered, once the engagement is stored.

    An item that is done needs no evidence but the engagement; one that is carried goes on as a new item of it. An item
    with readers who may not read the engagement tells neither its reference nor its day: it needs other evidence.
    """
    items = ActionItem.objects.in_bulk([answer.item for answer in answers])
    for place, answer in sorted(enumerate(answers), key=lambda one: one[1].item):
        tells = Readership.of(engagement).includes(Readership.of(items[answer.item]))
        _apply(engagement, answer, f"/answers/{place}", tells=tells, by=by, at=at)


def _apply(engagement: Engagement, answer: ItemAnswer, where: str, *, tells: bool, by: Actor, at: datetime) -> None:
    reason = answer.reason
    if tells:
        occasion = f"at {engagement.reference}"
        reason = f"{answer.reason} ({occasion})" if answer.reason else occasion
    if answer.answer == Answer.DONE:
        evidence = answer.evidence or ((engagement.reference,) if tells else ())
        if not evidence:
            detail = "The item has readers who may not read the engagement: give evidence that they may read."
            raise InvalidEntry([(f"{where}/evidence", detail)])
        day = _last_day(engagement) if tells else local_today(at, engagement.time_zone)
        done = CompletionEntry(evidence=evidence, completed_on=day, reason=reason)
        complete_action_item(answer.item, done, by=by, expected=ANY_VERSION)
    elif answer.answer == Answer.DROPPED:
        drop_action_item(answer.item, StepEntry(reason=reason), by=by, expected=ANY_VERSION)
    elif answer.answer == Answer.CARRIED:
        carried = CarryEntry(engagement=engagement.pk, due_on=answer.due_on, reason=reason)
        carry_action_item(answer.item, carried, by=by, expected=ANY_VERSION)


def _last_day(engagement: Engagement) -> date:
    return Days.of(engagement.held or "").latest
