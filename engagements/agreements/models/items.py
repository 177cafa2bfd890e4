"""What the database holds of what belongs to agreements: the log stands below and knows no agreements."""

import pgtrigger

from engagements.models.action_item import ActionItemRule, explain_not_above_owned, not_above_owned
from engagements.models.paper import AttachmentRule, explain_kept_below, kept_below
from sgoffice.records.constraints import explains
from sgoffice.records.triggers import Rule

_AGREEMENTS = "agreements_agreement"


def _about_an_agreement(name: str, rule: type[Rule]) -> Rule:
    return rule(
        name=name,
        on=pgtrigger.Insert | pgtrigger.Update,
        body=f"""
            IF NEW.agreement_id IS NOT NULL
                AND NOT EXISTS (SELECT FROM agreements_agreement WHERE id = NEW.agreement_id) THEN
                RAISE EXCEPTION '% is no agreement', NEW.agreement_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
        """,
    )


ITEM_RULES = [
    _about_an_agreement("action_item_is_about_an_agreement", ActionItemRule),
    kept_below("action_item_is_not_below_its_agreement", owner="agreement", table=_AGREEMENTS, rule=ActionItemRule),
    not_above_owned("agreement_is_not_above_its_action_items", owner="agreement", table=ActionItemRule.table),
    _about_an_agreement("attachment_is_of_an_agreement", AttachmentRule),
    kept_below("attachment_is_not_below_its_agreement", owner="agreement", table=_AGREEMENTS, rule=AttachmentRule),
    not_above_owned("agreement_is_not_above_its_attachments", owner="agreement", table=AttachmentRule.table),
]

explain_kept_below("action_item_is_not_below_its_agreement", owner="an agreement")
explain_kept_below("attachment_is_not_below_its_agreement", owner="an agreement")
explain_not_above_owned("agreement_is_not_above_its_action_items")
explain_not_above_owned("agreement_is_not_above_its_attachments", owned="An attachment of it")
for _name in ("action_item_is_about_an_agreement", "attachment_is_of_an_agreement"):
    explains(
        _name,
        rule="about-one-record",
        detail="What is named as the agreement is a record of another kind.",
        pointer="/agreement",
    )
