"""ProviderAccount: whom the organization's identity provider means by a subject."""

from typing import ClassVar

import pgtrigger
from django.db import models

from sgoffice.accounts.models.staff import User
from sgoffice.accounts.vocabulary import Role
from sgoffice.records.constraints import explains
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import RegisterRow
from sgoffice.records.triggers import Rule, Scribe


class ProviderAccount(RegisterRow):
    """The account of a member of staff at the provider. It is theirs for good: names and addresses say nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="provider_account")
    issuer = models.CharField(max_length=500, help_text="The provider.")
    subject = models.CharField(max_length=255, help_text="Whom the provider means, in its own words.")
    claimed_role = models.CharField(
        max_length=20,
        choices=Role,
        blank=True,
        help_text="A role that the provider claims for them and two people give.",
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="provider_account_is_one_persons")
        ]
        triggers: ClassVar = [
            Scribe(of="user"),
            Rule(
                name="provider_accounts_stay",
                on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                body="""
                    IF TG_OP = 'INSERT' AND coalesce(current_setting('sgoffice.actor', true), '')
                            NOT IN ('staff:' || NEW.user_id, 'provider:' || NEW.issuer)
                        OR TG_OP = 'DELETE'
                        OR TG_OP = 'UPDATE' AND (NEW.user_id, NEW.issuer, NEW.subject)
                            IS DISTINCT FROM (OLD.user_id, OLD.issuer, OLD.subject) THEN
                        RAISE EXCEPTION 'whom the provider means is said by the provider or by themselves, once'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'provider_accounts_stay';
                    END IF;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"


explains(
    "provider_account_is_one_persons",
    rule="provider-account",
    detail="This account of the organization belongs to somebody else here.",
    compares=True,
)
explains(
    "provider_accounts_stay",
    rule="provider-account",
    detail="Whose account at the organization it is, the organization says, or its owner; it stays theirs.",
)
