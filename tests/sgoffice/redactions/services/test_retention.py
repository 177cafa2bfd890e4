"""What is due by the rules of retention is listed, proposed by one press, and erased by nobody alone."""

import json
from datetime import date

import pytest

from sgoffice import documents
from sgoffice.approvals.models import Approval
from sgoffice.changes.erasable import erased_by
from sgoffice.directory.models import Person
from sgoffice.records.errors import NotPermitted
from sgoffice.redactions import services
from tests.factories import approvals, directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
DAY = date(2034, 6, 1)


def test_only_what_nobody_named_for_long_and_says_something_is_due():
    chief, other = approvals.member("approver"), approvals.member("approver")
    ways = {"contact_details": [{"type": "email", "value": "a@example.org", "note": ""}]}
    long_ago, lately = directory.person("Long Ago", **ways), directory.person("Lately Met", **ways)
    silent = directory.person("Without Ways")
    make.engagement(held="2024-05-15", participants=[make.theirs(person=one) for one in (long_ago, silent)])
    make.engagement(held="2025-01-01", participants=[make.theirs(person=lately)])

    found = services.due(by=chief, on=DAY)

    assert [(one.label, one.erase, one.since) for one in found] == [
        ("Long Ago", ("/contact_details",), date(2034, 5, 15))
    ]
    assert services.due(by=chief, on=date(2034, 5, 14)) == []
    with pytest.raises(NotPermitted):
        services.due(by=approvals.member("administrator"), on=DAY)

    assert services.propose_due(by=chief, on=DAY) == 1
    assert services.propose_due(by=chief, on=DAY) == 0
    waiting = Approval.objects.pending().get(subject=long_ago.pk)
    assert services.due(by=chief, on=DAY)[0].proposal == waiting.reference
    approvals.approve(waiting, by=other)
    assert Person.objects.get(pk=long_ago.pk).contact_details == []
    assert services.due(by=chief, on=DAY) == []


def test_every_rule_that_is_shipped_erases_something_that_its_kind_has():
    makers = {"person": directory.person}
    for rule in services.rules():
        model = documents.model_of(rule.kind)
        record = makers[rule.kind]() if rule.kind in makers else model()
        assert all(erased_by(record, [pointer]) for pointer in rule.erase)


def test_rules_of_the_office_take_the_place_of_those(settings, tmp_path):
    settings.RETENTION = str(tmp_path / "rules.json")
    rule = {"kind": "engagement", "years": 5, "after": "day", "erase": ["/summary"], "reason": "Old.", "source": "§ 3"}
    (tmp_path / "rules.json").write_text(json.dumps([rule]), encoding="utf-8")
    make.engagement(title="An old one", held="2024-05-15", summary="What was said.")
    make.engagement(held="2024-05-15")

    [found] = services.due(by=approvals.member("approver"), on=date(2029, 5, 15))

    assert (found.label, found.source, found.erase) == ("An old one", "§ 3", ("/summary",))
    (tmp_path / "rules.json").write_text(json.dumps([rule | {"after": "never"}]), encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be read"):
        services.rules()
