"""The list of all rules, as it is served: collected from where they are raised, so that none is left out."""

import ast
from pathlib import Path

import pytest

from sgoffice.api.rule_list import raised_in, raising_modules, rules
from sgoffice.records.constraints import explanations

CHECKOUT = Path(__file__).resolve().parents[3]


def listed():
    return {rule.rule: rule for rule in rules()}


def test_every_rule_has_a_name_that_can_be_collected_and_says_something():
    unnamed = {module.__name__ for module in raising_modules() for rule, _, _ in raised_in(module) if not rule}

    assert unnamed == {"sgoffice.records.constraints"}  # it puts refusals of the database into words
    assert [rule.rule for rule in rules() if not rule.details] == []


def test_every_explained_rule_is_listed_as_one_that_the_database_holds():
    held = {rule.rule for rule in rules() if rule.is_held_by_database}

    assert held == {known.rule for known in explanations().values()}


def test_every_rule_that_the_program_raises_under_a_name_of_its_own_is_listed():
    literal = {
        item.value.value
        for room in ("sgoffice", "appointments", "engagements")
        for path in (CHECKOUT / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "RuleViolation"
        for item in call.keywords
        if item.arg == "rule" and isinstance(item.value, ast.Constant)
    }

    assert literal - listed().keys() == set()
    assert {"party-or-body", "effect-after-notice"} <= listed().keys()  # raised from rows of a table


def test_a_rule_has_its_article_and_its_sentence():
    known = listed()["one-holder-at-a-time"]

    assert (known.basis[0][:12], known.is_held_by_database) == ("Constitution", True)
    assert "Somebody else holds the post then." in known.details


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_the_list_is_served_beside_the_kinds_of_problems(client, accept):
    answer = client.get("/problems/rules", headers={"Accept": accept})

    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, accept)
    assert b"one-holder-at-a-time" in answer.content
