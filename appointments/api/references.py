"""Posts and bodies as other documents name them."""

from typing import ClassVar

from rest_framework import serializers

from appointments.models import Body, Post
from sgoffice.api.serializers import ReferenceSerializer


class PostReference(ReferenceSerializer, serializers.ModelSerializer):
    """A post by its label."""

    class Meta:
        model = Post
        fields: ClassVar = ["id", "slug", "label"]


class BodyReference(ReferenceSerializer, serializers.ModelSerializer):
    """A body by its name."""

    class Meta:
        model = Body
        fields: ClassVar = ["id", "slug", "name"]
