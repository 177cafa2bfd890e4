"""Serializers of /me, /me/tokens and /me/calendar-links."""

from typing import ClassVar

from rest_framework import serializers

from sgoffice.accounts.models import AccessToken, CalendarLink, User
from sgoffice.accounts.roles import PERMISSIONS
from sgoffice.accounts.vocabulary import Scope
from sgoffice.api.fields import Choice, Integer, Text
from sgoffice.api.serializers import StrictSerializer


class MeSerializer(serializers.ModelSerializer):
    """The signed-in user."""

    email = serializers.CharField(read_only=True, help_text="Their mail address; empty if unknown.")
    permissions = serializers.SerializerMethodField(help_text="The permissions of the role.")

    class Meta:
        model = User
        fields: ClassVar = ["id", "username", "display_name", "email", "role", "permissions", "language", "time_zone"]

    def get_permissions(self, user: User) -> list[str]:
        return sorted(PERMISSIONS[user.role])


class TokenSerializer(serializers.ModelSerializer):
    """An access token, without the token itself."""

    class Meta:
        model = AccessToken
        fields: ClassVar = ["id", "name", "scope", "created_at", "expires_at", "last_used_at", "revoked_at"]


class TokenListSerializer(serializers.Serializer):
    """Your access tokens, newest first."""

    results = TokenSerializer(many=True)


class TokenRequestSerializer(StrictSerializer):
    """An access token to issue."""

    name = Text(max_length=100, help_text="What it is for.")
    scope = Choice(
        choices=[Scope.READ, Scope.WRITE],
        required=False,
        default=Scope.WRITE,
        help_text="Whether it only reads, or also writes what your role allows.",
    )
    days = Integer(min_value=1, max_value=366, required=False, default=90, help_text="How many days it is valid.")


class IssuedTokenSerializer(serializers.Serializer):
    """A new access token, shown once."""

    token = serializers.CharField(help_text="Store it now: it is never shown again.")


class CalendarLinkSerializer(serializers.ModelSerializer):
    """A calendar link, without its secret."""

    class Meta:
        model = CalendarLink
        fields: ClassVar = ["id", "name", "created_at", "expires_at", "last_used_at", "revoked_at"]


class CalendarLinkListSerializer(serializers.Serializer):
    """Your calendar links, newest first."""

    results = CalendarLinkSerializer(many=True)


class CalendarLinkRequestSerializer(StrictSerializer):
    """A calendar link to create."""

    name = Text(max_length=100, help_text="Which calendar will use it.")
    days = Integer(min_value=1, max_value=366, required=False, default=366, help_text="How many days it is valid.")


class IssuedCalendarLinkSerializer(serializers.Serializer):
    """A new calendar link, shown once."""

    address = serializers.CharField(
        help_text="Subscribe to this address now: it is never shown again. You may add filters to it."
    )
