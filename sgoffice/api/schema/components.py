"""Shapes that no view names: problems, and pages of records."""

from typing import Any

from rest_framework import serializers


class ProblemErrorSerializer(serializers.Serializer):
    """One value that cannot be accepted."""

    pointer = serializers.CharField(help_text="JSON pointer into the body, or the name of the query parameter.")
    detail = serializers.CharField(help_text="What is wrong and what to do.")


class ProblemRecordSerializer(serializers.Serializer):
    """A record that stands in the way, or may be the one that is meant."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    label: Any = serializers.CharField(required=False, help_text="What it is called.")
    reference = serializers.CharField(required=False)
    reason = serializers.CharField(required=False, help_text="Why it is named here.")


class ProblemCandidatesSerializer(serializers.Serializer):
    """The records that one value may mean."""

    pointer = serializers.CharField(help_text="JSON pointer into the body; empty for the record itself.")
    records: Any = ProblemRecordSerializer(many=True)


class ProblemSerializer(serializers.Serializer):
    """A problem detail (RFC 9457)."""

    type = serializers.CharField(help_text="The address of the page about this kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened to this very request.")
    advice = serializers.CharField(help_text="What to do next.")
    request_id = serializers.CharField()
    errors: Any = ProblemErrorSerializer(many=True, required=False)
    rule = serializers.CharField(required=False, help_text="The rule that was violated.")
    basis = serializers.CharField(required=False, help_text="The article or clause behind the rule.")
    records: Any = ProblemRecordSerializer(many=True, required=False, help_text="What stands in the way.")
    candidates: Any = ProblemCandidatesSerializer(many=True, required=False, help_text="What may be meant.")
    version = serializers.IntegerField(required=False, help_text="The version that the record has now.")


_pages: dict[str, type[serializers.Serializer]] = {}


def page_of(shape: Any) -> type[serializers.Serializer]:
    """Return the shape of a page of such documents."""
    name = shape.__name__.removesuffix("Serializer") + "PageSerializer"
    if name not in _pages:
        members = {
            "results": shape(many=True),
            "next": serializers.CharField(allow_null=True, help_text="The address of the next page."),
            "previous": serializers.CharField(allow_null=True, help_text="The address of the page before."),
            "count": serializers.IntegerField(required=False, help_text="With `count=capped`: how many, up to 1,000."),
            "is_capped": serializers.BooleanField(required=False, help_text="There are more than `count`."),
            "__doc__": "A page of records.",
        }
        _pages[name] = type(name, (serializers.Serializer,), members)
    return _pages[name]
