"""The shipped directory has as many of each as the lists that it comes from."""

import pytest

from sgoffice.directory.models import Country, Organization, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


def test_counts_are_those_of_the_sources():
    assert Country.objects.filter(status="member").count() == 196
    assert Organization.objects.exclude(sources__0__document="named in the engagements").count() == 74
    assert Topic.objects.filter(kind="database").count() == 21  # 19 of the structure, 2 collected since
