"""What the database holds of action items that are about agreements: the log stands below and knows no agreements."""

import pgtrigger

from engagements.models.action_item import ActionItemRule, explain_not_above_items, not_above_items
from engagements.models.paper import explain_kept_below, kept_below
from sgoffice.records.constraints import explains

ITEM_RULES = [
    ActionItemRule(
        name="action_item_is_about_an_agreement",
        on=pgtrigger.Insert | pgtrigger.Update,
        body="""
            IF NEW.agreement_id IS NOT NULL
                AND NOT EXISTS (SELECT FROM agreements_agreement WHERE id = NEW.agreement_id) THEN
                RAISE EXCEPTION '% is no agreement', NEW.agreement_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'action_item_is_about_an_agreement';
            END IF;
        """,
    ),
    kept_below(
        "action_item_is_not_below_its_agreement", owner="agreement", table="agreements_agreement", rule=ActionItemRule
    ),
    not_above_items("agreement_is_not_above_its_action_items", owner="agreement"),
]

explain_kept_below("action_item_is_not_below_its_agreement", owner="an agreement")
explain_not_above_items("agreement_is_not_above_its_action_items")
explains(
    "action_item_is_about_an_agreement",
    rule="about-one-record",
    detail="What is named as the agreement is a record of another kind.",
    pointer="/agreement",
)
