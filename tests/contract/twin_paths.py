"""What a member of staff asks of two registers that differ in hidden records alone."""

from collections.abc import Iterator

from appointments.models import Decision, Mandate, Session
from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Engagement, Paper
from sgoffice.records.models import MarkedRecord
from tests.contract.twins import ADDRESSES, World


def paths(world: World, sown: list[MarkedRecord]) -> Iterator[str]:
    """Yield what is asked of both registers, hidden ids included: in one of the two they are not there."""
    yield from _lists(world, sown)
    for record in [*world.open, *world.shared, *world.hidden, *sown]:
        yield from _pages_of(record)
    yield from _reports(world)
    yield from _searches()
    yield from _admin(world, sown)
    yield from _desk(world, sown)


def _lists(world: World, sown: list[MarkedRecord]) -> Iterator[str]:
    for noun in [
        *ADDRESSES.values(),
        "posts",
        "bodies",
        "countries",
        "organizations",
        "people",
        "topics",
        "releases",
        "approvals",
    ]:
        for query in ("", "limit=2", "count=capped&limit=1", "sort=oldest", "q=cargo", "q=bonn", "q=zqx", "as=csv"):
            yield f"/api/v1/{noun}?{query}"
    for noun in ADDRESSES.values():
        if noun not in {"sessions", "decisions", "mandates", "appointments"}:
            yield f"/api/v1/{noun}?marking=restricted"
    yield from _counterparts(world)
    for record in [*world.hidden, *sown, *world.open]:
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


def _by_id(record: MarkedRecord) -> Iterator[str]:
    key = record.pk
    if isinstance(record, Engagement):
        yield from (f"/api/v1/{noun}?engagement={key}" for noun in ("papers", "attachments", "action-items"))
    elif isinstance(record, Agreement | Mandate):
        yield f"/api/v1/action-items?{record.record_kind}={key}"
    elif isinstance(record, Decision):
        yield f"/api/v1/mandates?decision={key}"
    elif isinstance(record, Session):
        yield f"/api/v1/engagements?occasion={key}"


_BELOW: dict[type[MarkedRecord], tuple[str, ...]] = {
    Engagement: ("calendar", "programme", "open-items"),
    Agreement: ("status", "chain"),
    Decision: ("implementation",),
    Session: ("implementation",),
}


def _pages_of(record: MarkedRecord) -> Iterator[str]:
    address = f"/api/v1/{ADDRESSES[type(record)]}"
    for below in ("", "/links", "/history", *(f"/{name}" for name in _BELOW.get(type(record), ()))):
        yield f"{address}/{record.pk}{below}"
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
    yield from (f"/api/v1/posts/{post}/holder?on={day}" for day in ("2026-03-01", "2030-01-01", "2029-11-07"))
    yield f"/api/v1/posts/{post}/succession"
    yield world.known["calendar"]


def _searches() -> Iterator[str]:
    for word in ("cargo", "bonn", "zqx", "karpov", "colonel", "valdecy", "urquiza", "GA/ZQX/1", "SG-2024"):
        yield from (f"/api/v1/search?q={word}&{more}" for more in ("", "order=relevance", "count=capped", "country=DE"))
        yield f"/api/v1/directory/search?q={word}"


def _admin(world: World, sown: list[MarkedRecord]) -> Iterator[str]:
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
    for word in ("directory/person", "directory/organization", "directory/country", "appointments/post"):
        yield from (f"/admin/{word}/", f"/admin/{word}/?q=karpov")


def _desk(world: World, sown: list[MarkedRecord]) -> Iterator[str]:
    yield from ("/desk/", "/desk/log")
    # a week in which meetings of both worlds were, and one with hidden ones alone
    yield from (f"/desk/?week={day}" for day in ("2026-01-05", "2026-03-02", "2024-05-15"))
    for record in [*world.open, *world.shared, *world.hidden, *sown]:
        if isinstance(record, Engagement):
            yield f"/desk/engagements/{record.reference}"
    person, body = (world.known[name].pk for name in ("person", "organization"))
    yield from (f"/desk/counterparts/person/{person}", f"/desk/counterparts/organization/{body}")
    yield from (f"/desk/counterparts/country/{code}" for code in ("BY", "DE", "FR"))
