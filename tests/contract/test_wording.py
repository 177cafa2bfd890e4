"""The words of both API documents: a summary is a verb and a noun, said once."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings

from sgoffice.settings.http import PARTNER_DOCUMENT

#: What an operation does. A new verb is added on purpose; most operations need none.
VERBS = frozenset({
    "Accept", "Appoint", "Apply", "Approve", "Assign", "Cancel", "Carry", "Complete", "Confirm", "Create", "Decline",
    "Delegate", "Download", "Drop", "End", "Extend", "Get", "Give", "Issue", "Keep", "List", "Mark", "Merge",
    "Postpone", "Preview", "Propose", "Record", "Refuse", "Renew", "Reopen", "Replace", "Report", "Request",
    "Reschedule", "Restore", "Resume", "Revoke", "Search", "Start", "Suspend", "Terminate", "Undo", "Update",
    "Withdraw",
})  # fmt: skip
LONGEST = 80


def summaries(**settings: Any) -> list[tuple[str, str]]:
    with patched_settings(settings):
        paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [
        (f"{method.upper()} {path}", told["summary"]) for path, item in paths.items() for method, told in item.items()
    ]


def faults_of(summary: str) -> list[str]:
    checks = {
        "begins with no known verb": summary.partition(" ")[0] in VERBS,
        "has no noun": " " in summary,
        "is too long": len(summary) <= LONGEST,
        "is more than one clause": not set(summary) & set(".,;:`"),
        "says one of many, not a or an": " one of the " not in summary,
    }
    return [fault for fault, holds in checks.items() if not holds]


@pytest.mark.parametrize("document", [{}, PARTNER_DOCUMENT], ids=["staff", "partners"])
def test_each_summary_is_a_verb_and_a_noun_that_no_other_operation_has(document):
    found = summaries(**document)

    texts = [summary for _, summary in found]
    assert {str(operation): faults_of(summary) for operation, summary in found if faults_of(summary)} == {}
    assert sorted({summary for summary in texts if texts.count(summary) > 1}) == []


@pytest.mark.parametrize(
    "summary",
    ["Posts", "Get", "Return who holds it", "Get one of the posts", "Get a post.", "Get a post, or not", "Get " * 21],
)
def test_a_summary_of_another_form_is_refused(summary):
    assert faults_of(summary) != []
