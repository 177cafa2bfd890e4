"""What a member of staff asks of two registers that differ in hidden records alone."""

from collections.abc import Iterator

from appointments.models import Decision, Mandate, Session
from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Engagement, Paper
from sgoffice.api.inclusion import inclusions_of
from sgoffice.directory.models import Organization, Person
from sgoffice.records.models import MarkedRecord, Record
from tests.contract.twins import ADDRESSES, FOLLOWING, World


def paths(world: World, sown: list[Record]) -> Iterator[str]:
    """Yield what is asked of both registers, hidden ids included: in one of the two they are not there."""
    yield from _lists(world, sown)
    for record in [*world.open, *world.shared, *world.hidden, *world.strangers, *sown]:
        yield from _pages_of(record)
    yield from _reports(world)
    yield from _searches()
    yield from _admin(world, sown)
    yield from _desk(world, sown)


def _lists(world: World, sown: list[Record]) -> Iterator[str]:
    for noun in [
        *ADDRESSES.values(),
        "posts",
        "bodies",
        "countries",
        *FOLLOWING.values(),
        "topics",
        "releases",
        "approvals",
        "imports",
    ]:
        for query in ("", "limit=2", "count=capped&limit=1", "sort=oldest", "q=cargo", "q=bonn", "q=zqx", "format=csv"):
            yield f"/api/v1/{noun}?{query}"
    for noun in (*ADDRESSES.values(), *FOLLOWING.values()):
        yield from (f"/api/v1/{noun}?format={form}" for form in ("xlsx", "jsonl"))
    yield from ("/api/v1/duplicates", "/admin/directory/person/duplicates/", "/desk/imports")
    for noun in ADDRESSES.values():
        if noun not in {"sessions", "decisions", "mandates", "appointments"}:
            yield f"/api/v1/{noun}?marking=restricted"
    yield from _counterparts(world)
    for record in [*world.hidden, *world.strangers, *sown, *world.open]:
        yield from _by_id(record)
    yield from ("/api/v1/decisions?symbol=GA/ZQX/1", "/api/v1/engagements?to_confirm=true", "/api/v1/me")
    yield from ("/api/v1/agreements?in_force_on=2026-03-01", "/api/v1/engagements?from=2026-03-01&until=2026-03-31")


def _counterparts(world: World) -> Iterator[str]:
    for country in ("BY", "DE", "FR"):
        for query in ("engagements?country", "engagements?any_country", "agreements?country", "action-items?country"):
            yield f"/api/v1/{query}={country}"
    person, body, topic = (world.known[name].pk for name in ("person", "organization", "topic"))
    for noun in ("engagements", "agreements", "action-items"):
        yield f"/api/v1/{noun}?organization={body}"
    for noun in ("engagements", "action-items"):
        yield f"/api/v1/{noun}?person={person}"
    yield from (f"/api/v1/engagements?{name}={person}" for name in ("participant", "principal"))
    yield from (f"/api/v1/{noun}?topic={topic}" for noun in ("engagements", "agreements"))


def _by_id(record: Record) -> Iterator[str]:
    key = record.pk
    if isinstance(record, Engagement):
        yield from (f"/api/v1/{noun}?engagement={key}" for noun in ("papers", "attachments", "action-items"))
        yield f"/api/v1/engagements?part_of={key}"
    elif isinstance(record, Agreement | Mandate):
        yield f"/api/v1/engagements?agreement={key}"
        yield f"/api/v1/action-items?{record.record_kind}={key}"
    elif isinstance(record, Decision):
        yield f"/api/v1/mandates?decision={key}"
    elif isinstance(record, Session):
        yield f"/api/v1/engagements?occasion={key}"
    elif isinstance(record, Person | Organization):
        kind = record.record_kind
        yield from (f"/api/v1/{noun}?{kind}={key}" for noun in ("engagements", "action-items", "memberships"))
        yield f"/api/v1/counterparts/{kind}/{key}/brief"
        yield f"/desk/counterparts/{kind}/{key}"
    if isinstance(record, Organization):
        yield from (f"/api/v1/{noun}?organization={key}" for noun in ("agreements", "people", "affiliations"))
        yield f"/api/v1/organizations?parent={key}"


_BELOW: dict[type[Record], tuple[str, ...]] = {
    Engagement: ("calendar", "programme", "open-items"),
    Agreement: ("status", "chain"),
    Decision: ("implementation",),
    Session: ("implementation",),
}


def _pages_of(record: Record) -> Iterator[str]:
    address = f"/api/v1/{(ADDRESSES | FOLLOWING)[type(record)]}"
    for below in ("", "/links", "/history", *(f"/{name}" for name in _BELOW.get(type(record), ()))):
        yield f"{address}/{record.pk}{below}"
    if words := inclusions_of(record.record_kind):
        yield f"{address}/{record.pk}?include={','.join(words)}"
    if isinstance(record, MarkedRecord):
        yield f"{address}/{record.reference}"
    options = record._meta
    for page in ("change", "history"):
        yield f"/admin/{options.app_label}/{options.model_name}/{record.pk}/{page}/"
    yield f"/admin/{options.app_label}/{options.model_name}/{record.pk}/step/enter-in-error/"


def _reports(world: World) -> Iterator[str]:
    person, body, post = (world.known[name].pk for name in ("person", "organization", "post"))
    for query in ("", "?on=2026-03-01", "?on=2030-01-01"):
        yield f"/api/v1/counterparts/person/{person}/brief{query}"
        yield f"/api/v1/counterparts/organization/{body}/brief{query}"
        yield from (f"/api/v1/counterparts/country/{code}/brief{query}" for code in ("BY", "DE"))
    for query in ("", "on=2026-03-01", "country=BY", "country=DE", f"organization={body}", "kind=mandate",
                  "kind=action_item", "overdue=true", "kind=end_of_term"):  # fmt: skip
        yield f"/api/v1/deadlines?within=3660&{query}"
    for query in (
        "activity?from=2024-01-01",
        "coverage?within=1000",
        "annual",
        "promises",
        "follow-up?from=2020-01-01",
    ):
        yield f"/api/v1/reports/{query}"
    yield from (f"/api/v1/posts/{post}/holder?on={day}" for day in ("2026-03-01", "2030-01-01", "2029-11-07"))
    yield f"/api/v1/posts/{post}/succession"
    yield from (f"/api/v1/deadlines?within=3660&format={form}" for form in ("jsonl", "ics", "csv", "xlsx"))
    yield from (f"/api/v1/reports/{kind}?format=csv" for kind in ("coverage", "annual", "promises"))
    yield world.known["calendar"]
    yield world.known["calendar"].replace(".ics?from=2026-01-01", "/deadlines.ics?within=3660")


def _searches() -> Iterator[str]:
    for word in ("cargo", "bonn", "zqx", "karpov", "colonel", "valdecy", "urquiza", "GA/ZQX/1", "SG-2024", "quiet"):
        yield from (f"/api/v1/search?q={word}&{more}" for more in ("", "order=relevance", "count=capped", "country=DE"))
        yield f"/api/v1/search?q={word}&format=jsonl"
        yield f"/api/v1/directory/search?q={word}"


def _admin(world: World, sown: list[Record]) -> Iterator[str]:
    yield "/admin/"
    for model in ADDRESSES:
        listed = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        yield from (
            f"{listed}{query}" for query in ("", "?q=cargo", "?q=zqx", "?q=bonn", "?o=1", "?is_in_error__exact=1")
        )
        yield f"{listed}add/"
        keys = {one.name for one in model._meta.fields} & {"engagement", "decision", "mandate"}
        for record in [one for one in (*world.hidden, *sown) if one.record_kind in keys]:
            key = record.record_kind
            yield from (f"{listed}?{key}{lookup}={record.pk}" for lookup in ("", "__in", "__lt"))
            yield f"{listed}add/?{key}={record.pk}"
    for model, name in (
        (Paper, "engagement"),
        (ActionItem, "mandate"),
        (Mandate, "decision"),
        (ActionItem, "engagement"),
    ):
        where = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={name}"
        yield from (f"/admin/autocomplete/?{where}&term={term}" for term in ("", "cargo", "zqx", "GA"))
    for word in (
        *(f"directory/{model._meta.model_name}" for model in FOLLOWING),
        "directory/country",
        "appointments/post",
    ):
        yield from (f"/admin/{word}/", f"/admin/{word}/?q=karpov", f"/admin/{word}/?q=zqx", f"/admin/{word}/?q=quiet")
    for where in (
        "directory&model_name=membership&field_name=person",
        "directory&model_name=membership&field_name=organization",
        "engagements&model_name=engagement&field_name=principal",
    ):
        yield from (f"/admin/autocomplete/?app_label={where}&term={term}" for term in ("", "karpov", "zqx", "quiet"))


_SHEETS: dict[type[Record], str] = {
    Engagement: "engagements",
    Agreement: "agreements",
    Decision: "decisions",
    Session: "sessions",
    ActionItem: "items",
}


def _desk(world: World, sown: list[Record]) -> Iterator[str]:
    yield from ("/desk/", "/desk/log")
    # a week in which meetings of both worlds were, and one with hidden ones alone
    yield from (f"/desk/?week={day}" for day in ("2026-01-05", "2026-03-02", "2024-05-15"))
    for record in [*world.open, *world.shared, *world.hidden, *sown]:
        if noun := _SHEETS.get(type(record)):
            yield f"/desk/{noun}/{record.reference}"
        if isinstance(record, Engagement):
            yield from (f"/desk/engagements/{record.reference}/{page}" for page in ("folder", "correct"))
    yield from (
        f"/desk/diary?view={view}&day={day}" for view in ("week", "month") for day in ("2026-03-02", "2024-05-15")
    )
    yield from ("/desk/diary?view=month&day=2026-03-02&country=BY", "/desk/approvals", "/desk/me")
    yield from (f"/desk/search?q={word}" for word in ("cargo", "bonn", "zqx", "karpov", "GA/ZQX/1", "urquiza"))
    yield from (f"/desk/palette?q={word}" for word in ("", "cargo", "zqx"))
    yield from (f"/desk/search?kind={model.record_kind}" for model in ADDRESSES)
    yield from (
        "/desk/deadlines",
        "/desk/deadlines?part=1",
        "/desk/deadlines?format=csv",
        f"/desk/posts/{world.known['post'].pk}",
    )
    person, body = (world.known[name].pk for name in ("person", "organization"))
    yield from (f"/desk/counterparts/person/{person}", f"/desk/counterparts/organization/{body}")
    yield from (f"/desk/counterparts/country/{code}" for code in ("BY", "DE", "FR"))
