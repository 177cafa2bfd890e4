"""`partner_sandbox`: two partners of different rights to try the exchange with, and what one of them alone may have."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from appointments.models import Post
from engagements import services as engagements
from engagements.agreements import services as agreements
from engagements.agreements.models import Agreement
from engagements.services.principals import OFFICE_POST
from sgoffice.accounts.models import User
from sgoffice.accounts.vocabulary import Role
from sgoffice.approvals import services as approvals
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.documents.publications import publications
from sgoffice.partners import services
from sgoffice.partners.models import Partner
from sgoffice.records.actors import OFFICE, Actor
from sgoffice.records.errors import RegisterError

_COUNTRY = "FR"
_NARROW, _WIDE = "sandbox-narrow", "sandbox-wide"
_RIGHTS = {
    _NARROW: "agreements only, and of these the public ones",
    _WIDE: "every kind, and besides one internal agreement with its text",
}
_TEXT = "The parties agree that this is an example.\n"


class Command(BaseCommand):
    """Registers the two partners."""

    help = "Register two partners of different rights on a machine for trials, and print their secrets once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Register both, release something to one of them, and print their credentials as commands of a shell."""
        officer, approver = _require_trial()
        try:
            with transaction.atomic():
                partners = {slug: _register(slug) for slug in _RIGHTS}
                _release(partners[_WIDE], officer=officer, approver=approver)
                secrets = {slug: _secret(partner) for slug, partner in partners.items()}
        except RegisterError as error:
            raise CommandError(error.detail) from None
        for slug, rights in _RIGHTS.items():
            self.stdout.write(f"# {slug}: {rights}")
            self.stdout.write(f"export CLIENT_ID={slug} CLIENT_SECRET={secrets[slug]}")


def _require_trial() -> tuple[Actor, Actor]:
    """Return the examples of an officer and an approver; raises CommandError where anybody really works."""
    if settings.SESSION_COOKIE_SECURE or settings.IS_PLAIN_HTTP:
        message = "This register is set up to serve others: the sandbox is for a machine of your own."
        raise CommandError(message)
    if User.objects.filter(is_example=False).exists():
        message = "People work with this register: the sandbox is for one that has only the examples of `start`."
        raise CommandError(message)
    examples = {user.role: user.as_actor() for user in User.objects.filter(is_active=True)}
    if not {Role.OFFICER, Role.APPROVER} <= set(examples) or not Post.objects.filter(slug=OFFICE_POST).exists():
        message = "Run `python3 manage.py start` first: it loads the public facts and adds examples of staff."
        raise CommandError(message)
    if found := Partner.objects.filter(slug__in=_RIGHTS).values_list("slug", flat=True).first():
        message = f"The sandbox is there. Another secret: python3 manage.py issue_partner_secret {found}"
        raise CommandError(message)
    return examples[Role.OFFICER], examples[Role.APPROVER]


def _register(slug: str) -> Partner:
    kinds = ("agreement",) if slug == _NARROW else tuple(sorted(publications()))
    entry = services.PartnerEntry(
        name=f"Sandbox ({_RIGHTS[slug].partition(',')[0]})", slug=slug, country=_COUNTRY, kinds=kinds
    )
    return services.register_partner(entry, by=OFFICE)


def _release(partner: Partner, *, officer: Actor, approver: Actor) -> None:
    """Enter an internal agreement with its text, and have two people release both."""
    agreement = _agreement(officer)
    file = engagements.Upload(name="sandbox.txt", content=_TEXT.encode())
    attached = engagements.AttachmentEntry(agreement=agreement.pk, title="Sandbox agreement", language="en", file=file)
    text = engagements.add_attachment(attached, by=officer)
    entry = services.ReleaseEntry(partner=partner.pk, records=(agreement.pk, text.pk), purpose="To try the exchange.")
    release = services.propose_release(entry, by=officer)
    waiting = Approval.objects.pending().get(subject=release.pk)
    approvals.approve(waiting.pk, approvals.ApprovalEntry(), by=approver, expected=ANY_VERSION)


def _agreement(officer: Actor) -> Agreement:
    office = Post.objects.get(slug=OFFICE_POST).organization
    entry = agreements.AgreementEntry(
        title="Sandbox agreement",
        instrument="arrangement",
        parties=(
            agreements.PartyEntry(organization=office.pk, side="ours"),
            agreements.PartyEntry(country=_COUNTRY, side="theirs"),
        ),
        acts=(agreements.ActEntry(kind="signature", date="2024-11-07"),),
    )
    return agreements.open_agreement(entry, by=officer)


def _secret(partner: Partner) -> str:
    _, secret = services.issue_secret(partner.pk, by=OFFICE, at=timezone.now())
    return secret
