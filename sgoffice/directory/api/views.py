"""/countries /organizations /offices /people /topics /memberships /affiliations."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Choice
from sgoffice.api.merges import MergingViewSet
from sgoffice.api.viewsets import WritableViewSet
from sgoffice.directory import services
from sgoffice.directory.api import documents, examples, filters
from sgoffice.directory.api.holders import HOLDERS, HoldersSerializer, holders_answer
from sgoffice.directory.models import Affiliation, Country, Membership, Office, Organization, Person, Topic
from sgoffice.directory.vocabulary import OwnMarking
from sgoffice.places.codes import record_code

_BY_NAME = {"name": ("sort", "pk"), "-name": ("-sort", "-pk"), "newest": ("-pk",), "oldest": ("pk",)}
#: What one person alone only proposes of people and organizations.
_OF_TWO = frozenset({"enter_in_error", "merge"})


def _own_marking() -> Choice:
    """Return the field for the marking that a person or an organization has of its own."""
    about = "Restricted: besides its author and approvers only those may see it who may see a record that names it."
    return Choice(choices=OwnMarking.choices, required=False, help_text=about)


class OrganizationEntrySerializer(shape_of(services.OrganizationEntry, Organization)):  # type: ignore[misc]  # made
    """An organization or an organ of one."""

    marking = _own_marking()


class PersonEntrySerializer(shape_of(services.PersonEntry, Person)):  # type: ignore[misc]  # made
    """A person."""

    marking = _own_marking()


class CountryViewSet(WritableViewSet):
    """Countries, former States and reserved codes. An address takes the code or the id."""

    model = Country
    serializer_class = documents.CountrySerializer
    filterset_class = filters.CountryFilterSet
    examples = examples.COUNTRIES
    key_description = "Its code or its id."
    sorts = _BY_NAME
    default_sort = "name"
    entry_serializer = correction_serializer = shape_of(services.CountryEntry, Country)
    enter = staticmethod(services.register_country)
    correct = staticmethod(services.correct_country)

    def other_lookup(self, key: str) -> dict[str, Any]:
        """Look a country up by any of its codes."""
        return {"code": record_code(key)}


class OfficeViewSet(WritableViewSet):
    """Seats and offices of ours."""

    model = Office
    serializer_class = documents.OfficeSerializer
    filterset_class = filters.OfficeFilterSet
    examples = examples.OFFICES
    sorts = _BY_NAME
    default_sort = "name"
    entry_serializer = correction_serializer = shape_of(services.OfficeEntry, Office)
    enter = staticmethod(services.register_office)
    correct = staticmethod(services.correct_office)


class OrganizationViewSet(MergingViewSet):
    """Organizations and their organs."""

    model = Organization
    may_wait = MergingViewSet.may_wait | _OF_TWO
    serializer_class = documents.OrganizationSerializer
    filterset_class = filters.OrganizationFilterSet
    examples = examples.ORGANIZATIONS
    sorts = _BY_NAME
    default_sort = "name"
    entry_serializer = correction_serializer = OrganizationEntrySerializer
    enter = staticmethod(services.register_organization)
    correct = staticmethod(services.correct_organization)


class PersonViewSet(MergingViewSet):
    """People whom the office meets, or who hold posts."""

    model = Person
    may_wait = MergingViewSet.may_wait | _OF_TWO
    serializer_class = documents.PersonSerializer
    filterset_class = filters.PersonFilterSet
    examples = examples.PEOPLE
    sorts = _BY_NAME
    default_sort = "name"
    entry_serializer = correction_serializer = PersonEntrySerializer
    enter = staticmethod(services.register_person)
    correct = staticmethod(services.correct_person)


class TopicViewSet(MergingViewSet):
    """What meetings and agreements are about."""

    model = Topic
    serializer_class = documents.TopicSerializer
    filterset_class = filters.TopicFilterSet
    examples = examples.TOPICS
    sorts = _BY_NAME
    default_sort = "name"
    entry_serializer = correction_serializer = shape_of(services.TopicEntry, Topic)
    enter = staticmethod(services.register_topic)
    correct = staticmethod(services.correct_topic)


class MembershipViewSet(WritableViewSet):
    """Roles of people in organizations."""

    model = Membership
    serializer_class = documents.MembershipSerializer
    filterset_class = filters.MembershipFilterSet
    included_in: ClassVar = {kind: kind for kind in ("person", "organization")}
    examples = examples.MEMBERSHIPS
    entry_serializer = correction_serializer = shape_of(services.MembershipEntry, Membership)
    enter = staticmethod(services.record_membership)
    correct = staticmethod(services.correct_membership)
    tagged = WritableViewSet.tagged | {"holders"}

    @extend_schema(responses=HoldersSerializer, filters=False, parameters=HOLDERS)
    @action(detail=False, methods=["get"])
    def holders(self, request: Request) -> HttpResponse:
        """List the holders of a role on a day.

        As far as is known; each with its sources and whether the dates leave a doubt.
        """
        return holders_answer(request, self.get_queryset().live())


class AffiliationViewSet(WritableViewSet):
    """The part of organizations in others: observer, partner, member."""

    model = Affiliation
    serializer_class = documents.AffiliationSerializer
    filterset_class = filters.AffiliationFilterSet
    included_in: ClassVar = {"organization": "organization"}
    examples = examples.AFFILIATIONS
    entry_serializer = correction_serializer = shape_of(services.AffiliationEntry, Affiliation)
    enter = staticmethod(services.record_affiliation)
    correct = staticmethod(services.correct_affiliation)
