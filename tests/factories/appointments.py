"""Makers of posts and appointments under the rules of today."""

from datetime import date
from itertools import count
from typing import Any

from appointments import services
from appointments.models import Appointment, Body, Decision, Mandate, Post
from sgoffice.directory.models import Organization
from sgoffice.records.actors import OFFICE
from tests.factories.directory import organization, person

_numbers = count(1)
LIMIT = date(2017, 9, 1)


def post(slug: str = "secretary-general") -> Post:
    """A post of five years: without a limit before September 2017, renewed once since."""
    found = Post.objects.filter(slug=slug).first()
    if found:
        return found
    ours = Organization.objects.first() or organization("International Criminal Police Organization")
    made = services.set_up_post(services.PostEntry(slug=slug, label=slug, organization=ours.pk), by=OFFICE)
    for first, until, allowed in ((date(1956, 6, 13), LIMIT, None), (LIMIT, None, 1)):
        rule = services.TermRuleEntry(
            post=made.pk, legal_basis="Constitution, Article 28", first_day=first, until=until, term_months=60,
            reappointments_allowed=allowed,
        )  # fmt: skip
        services.set_up_term_rule(rule, by=OFFICE)
    return made


def appointment(name: str = "Jürgen Stock", **values: Any) -> Appointment:
    holder = values.pop("person", None) or person(name).pk
    entry = {"post": post().pk, "person": holder, "start": "2014-11-07", "marking": "public"} | values
    return services.record_appointment(services.AppointmentEntry(**entry), by=OFFICE)


def decision(title: str = "Exchange of information on stolen cargo", **values: Any) -> Decision:
    ours = Organization.objects.first() or organization("International Criminal Police Organization")
    entry = services.BodyEntry(name="General Assembly", slug="general-assembly", organization=ours.pk)
    body = Body.objects.filter(slug=entry.slug).first() or services.set_up_body(entry, by=OFFICE)
    given = {"body": body.pk, "title": title, "allow_duplicate": True} | values
    return services.record_decision(services.DecisionEntry(**given), by=OFFICE)


def mandate(of: Organization | None = None, **values: Any) -> Mandate:
    """A mandate by a decision of a body of an organization."""
    number = next(_numbers)
    of = of or organization(f"Organization {number}")
    made = services.set_up_body(
        services.BodyEntry(slug=f"council-{number}", name=f"Council {number}", organization=of.pk), by=OFFICE
    )
    entry = services.DecisionEntry(body=made.pk, symbol=f"C/{number}", title=f"Decision {number}")
    decision = services.record_decision(entry, by=OFFICE)
    given = {"paragraph": "1", "text": f"Report {number}", **values}
    return services.add_mandate(services.MandateEntry(decision=decision.pk, **given), by=OFFICE)
