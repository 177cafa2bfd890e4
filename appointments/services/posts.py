"""Set up and correct bodies, posts and term rules; approvers only."""

from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from appointments.models import Body, Post, TermRule
from appointments.services.entries import BodyEntry, PostEntry, TermRuleEntry
from sgoffice.changes.door import Expected, change, create
from sgoffice.changes.references import takes_names
from sgoffice.changes.refusals import undone_as_one
from sgoffice.directory.models import Organization
from sgoffice.directory.services.former_names import SINCE, Called, keep_former_names, require_no_rename
from sgoffice.directory.services.namesakes import ANOTHER, require_new, require_new_name
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, require_exists
from sgoffice.records.errors import InvalidEntry, RuleViolation

_NOT_STORED = (SINCE, ANOTHER)
_OF_PERIOD = ("first_day", "until")


@takes_names
def set_up_body(entry: BodyEntry, *, by: Actor) -> Body:
    """Set up a body.

    Raises RuleViolation if its short name is taken, PossibleDuplicates if the organization has one of nearly that name.
    """
    by.require(Permission.APPROVE)
    _require_free(Body, entry.slug)
    require_exists(Organization, {"/organization": entry.organization}, by=by)
    require_no_rename(entry)
    with undone_as_one(by):
        require_new(Body, given_values(entry), by=by)
        with create(Body, verb="set_up_body", by=by) as body:
            assign_fields(body, entry, skip=_NOT_STORED)
            body.refresh_search()
    return body


@takes_names
def correct_body(
    body_id: UUID, correction: Correction[BodyEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Body:
    by.require(Permission.APPROVE)
    with change(Body, body_id, verb="correct", by=by, expected=expected, reason=reason) as body:
        before = Called.of(body)
        assign_fields(body, correction, skip=_NOT_STORED)
        require_new_name(body, before.name, correction, by=by)
        keep_former_names(body, before, correction)
        body.refresh_search()
    return body


@takes_names
def set_up_post(entry: PostEntry, *, by: Actor) -> Post:
    """Set up a post. Raises RuleViolation if its short name is taken."""
    by.require(Permission.APPROVE)
    _require_free(Post, entry.slug)
    require_exists(Organization, {"/organization": entry.organization}, by=by)
    with create(Post, verb="set_up_post", by=by) as post:
        assign_fields(post, entry)
    return post


@takes_names
def correct_post(
    post_id: UUID, correction: Correction[PostEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Post:
    by.require(Permission.APPROVE)
    with change(Post, post_id, verb="correct", by=by, expected=expected, reason=reason) as post:
        assign_fields(post, correction)
    return post


@takes_names
def set_up_term_rule(entry: TermRuleEntry, *, by: Actor) -> TermRule:
    """Set up the term rule of a post for a period. Raises RuleViolation if another rule is in force then."""
    by.require(Permission.APPROVE)
    _require_known(entry.post, entry.proposed_by, entry.appointed_by, by=by)
    with create(TermRule, verb="set_term_rule", by=by) as rule:
        assign_fields(rule, entry, skip=_OF_PERIOD)
        rule.valid = _period(entry.first_day, entry.until)
    return rule


@takes_names
def correct_term_rule(
    rule_id: UUID, correction: Correction[TermRuleEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> TermRule:
    """Correct a term rule; terms that it governs are not checked again."""
    by.require(Permission.APPROVE)
    with change(TermRule, rule_id, verb="correct", by=by, expected=expected, reason=reason) as rule:
        assign_fields(rule, correction, skip=_OF_PERIOD)
        first, until = rule.valid.lower, rule.valid.upper
        rule.valid = _period(correction.get("first_day", first), correction.get("until", until))
    return rule


def _period(first: date | None, until: date | None) -> DateRange:
    if first is not None and until is not None and until <= first:
        raise InvalidEntry([("/until", "The end must be after the first day.")])
    return DateRange(first, until)


def _require_free(model: type[Body | Post], slug: str) -> None:
    if model.rows().filter(slug=slug).exists():
        raise RuleViolation("This short name is taken.", rule="slug-taken", pointer="/slug")


def _require_known(post: UUID, *bodies: UUID | None, by: Actor) -> None:
    require_exists(Post, {"/post": post}, by=by)
    for pointer, body in zip(("/proposed_by", "/appointed_by"), bodies, strict=True):
        require_exists(Body, {pointer: body}, by=by)
