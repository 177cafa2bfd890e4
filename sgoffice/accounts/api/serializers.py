"""Shapes of /me, /me/tokens and /me/calendar-links."""

from typing import ClassVar

from rest_framework import serializers

from sgoffice.accounts.models import AccessToken, CalendarLink, User
from sgoffice.accounts.roles import PERMISSIONS
from sgoffice.api.fields import Integer, Text
from sgoffice.api.serializers import StrictSerializer


class MeSerializer(serializers.ModelSerializer):
    """The one who asks."""

    email = serializers.CharField(read_only=True, help_text="Where they get mail; empty if that is not known.")
    permissions = serializers.SerializerMethodField(help_text="What the role allows.")

    class Meta:
        model = User
        fields: ClassVar = ["id", "username", "display_name", "email", "role", "permissions", "language", "time_zone"]

    def get_permissions(self, user: User) -> list[str]:
        """Return the permissions of the role, in order."""
        return sorted(PERMISSIONS[user.role])


class TokenSerializer(serializers.ModelSerializer):
    """A token of one's own, without the token itself."""

    class Meta:
        model = AccessToken
        fields: ClassVar = ["id", "name", "created_at", "expires_at", "last_used_at", "revoked_at"]


class TokenListSerializer(serializers.Serializer):
    """All tokens of one's own, newest first."""

    results = TokenSerializer(many=True)


class TokenRequestSerializer(StrictSerializer):
    """A token to be issued."""

    name = Text(max_length=100, help_text="What it is for.")
    days = Integer(min_value=1, max_value=366, required=False, default=90, help_text="How long it lives.")


class IssuedTokenSerializer(serializers.Serializer):
    """A token as it is shown once."""

    token = serializers.CharField(help_text="Keep it: it cannot be shown again.")


class CalendarLinkSerializer(serializers.ModelSerializer):
    """A calendar link of one's own, without its secret."""

    class Meta:
        model = CalendarLink
        fields: ClassVar = ["id", "name", "created_at", "last_used_at", "revoked_at"]


class CalendarLinkListSerializer(serializers.Serializer):
    """All calendar links of one's own, newest first."""

    results = CalendarLinkSerializer(many=True)


class CalendarLinkRequestSerializer(StrictSerializer):
    """A calendar link to be made."""

    name = Text(max_length=100, help_text="Which calendar will read it.")


class IssuedCalendarLinkSerializer(serializers.Serializer):
    """A calendar link as it is shown once."""

    address = serializers.CharField(help_text="Subscribe to it: it cannot be shown again. Filters may be added to it.")
