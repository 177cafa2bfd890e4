"""Components that no view names: problems, and pages of records."""

from typing import Any

from rest_framework import serializers


class ProblemCountrySerializer(serializers.Serializer):
    """A country that may be meant."""

    code = serializers.CharField(help_text="Its code: send this one.")
    name = serializers.CharField()


class ProblemErrorSerializer(serializers.Serializer):
    """An invalid value."""

    pointer = serializers.CharField(help_text="JSON pointer into the body, or the name of the query parameter.")
    detail = serializers.CharField(help_text="What is wrong and what to do.")
    candidates: Any = ProblemCountrySerializer(
        many=True, required=False, help_text="The countries that an unclear one may mean."
    )


class ProblemRecordSerializer(serializers.Serializer):
    """A record that conflicts with the request, or a candidate for the one that is meant."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    label: Any = serializers.CharField(required=False, help_text="Its name or title.")
    reference = serializers.CharField(required=False)
    reason = serializers.CharField(required=False, help_text="Why it is listed.")


class ProblemCandidatesSerializer(serializers.Serializer):
    """The records that one value may refer to."""

    pointer = serializers.CharField(help_text="JSON pointer into the body; empty for the record itself.")
    records: Any = ProblemRecordSerializer(many=True)


class ProblemSerializer(serializers.Serializer):
    """A problem detail (RFC 9457)."""

    type = serializers.CharField(help_text="The path of the page about this type of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What went wrong with this request.")
    advice = serializers.CharField(help_text="What to do next.")
    request_id = serializers.CharField()
    errors: Any = ProblemErrorSerializer(many=True, required=False)
    rule = serializers.CharField(required=False, help_text="The rule that was violated.")
    basis = serializers.CharField(required=False, help_text="The article or clause behind the rule.")
    records: Any = ProblemRecordSerializer(many=True, required=False, help_text="The records that conflict.")
    candidates: Any = ProblemCandidatesSerializer(many=True, required=False, help_text="The candidates, by value.")
    version = serializers.IntegerField(required=False, help_text="The current version of the record.")
    omitted = serializers.IntegerField(
        required=False, help_text="How many items its lists leave out: a problem names the first hundred of each."
    )


_pages: dict[str, type[serializers.Serializer]] = {}


def page_of(shape: Any) -> type[serializers.Serializer]:
    """Return the serializer of a page of such records, one for each."""
    name = shape.__name__.removesuffix("Serializer") + "PageSerializer"
    if name not in _pages:
        members = {
            "results": shape(many=True),
            "next": serializers.CharField(allow_null=True, help_text="The URL of the next page."),
            "previous": serializers.CharField(allow_null=True, help_text="The URL of the previous page."),
            "count": serializers.IntegerField(
                required=False, help_text="With `count=capped`: the number of matches, up to 1,000."
            ),
            "is_capped": serializers.BooleanField(required=False, help_text="Whether there are more than `count`."),
            "__doc__": "A page of records.",
        }
        _pages[name] = type(name, (serializers.Serializer,), members)
    return _pages[name]
