"""SecondFactor, what somebody shows besides their password; RecoveryCode, for the day on which they cannot.

Both are their owner's: the database refuses that anybody else adds one, and that one person alone ends another's.
"""

from typing import ClassVar

import pgtrigger
from django.db import models

from sgoffice.accounts.models.staff import User
from sgoffice.accounts.vocabulary import FactorKind
from sgoffice.records.constraints import explains
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import RegisterRow
from sgoffice.records.triggers import Rule, Scribe

#: register_ends_second_factor() is in second_factors.sql.
_OWNERS = Rule(
    name="second_factors_are_their_owners",
    on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    body="""
        IF TG_OP <> 'DELETE' THEN
            IF coalesce(current_setting('sgoffice.actor', true), '') = 'staff:' || NEW.user_id
                AND (TG_OP = 'INSERT' OR (NEW.user_id = OLD.user_id
                    AND (OLD.ended_at IS NULL OR OLD.ended_at = NEW.ended_at))) THEN
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' AND NEW.user_id = OLD.user_id AND NEW.ended_at IS NOT NULL
                AND register_ends_second_factor(NEW.user_id) THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'a second factor is its owner''s'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_factors_are_their_owners';
    """,
)


class SecondFactor(RegisterRow):
    """What a member of staff shows besides the password: the code of an app, or a passkey of a device or a key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=20, choices=FactorKind, help_text="What it is.")
    name = models.CharField(max_length=100, help_text="What its owner calls it.")
    material = models.BinaryField(
        editable=False, help_text="The secret that the app shares, sealed; or the public key of the passkey."
    )
    counter = models.BigIntegerField(
        default=0, editable=False, help_text="The step of 30 seconds, or the count of the passkey, that was used last."
    )
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="When it was removed or reset.")

    class Meta:
        ordering: ClassVar = ["created_at"]
        triggers: ClassVar = [Scribe(of="user", omit=("material", "counter", "last_used_at")), _OWNERS]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class RecoveryCode(RegisterRow):
    """A code that stands for a second factor once; only its digest is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the code.")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When it was used, or others took its place.")

    class Meta:
        triggers: ClassVar = [Scribe(of="user", omit=("digest",)), _OWNERS]


explains(
    "second_factors_are_their_owners",
    rule="second-factor",
    detail="A second factor is set up and removed by its owner; two people together reset it.",
    basis="What opens the register needs two people",
)
