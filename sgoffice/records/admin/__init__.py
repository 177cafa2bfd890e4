"""The admin of records: every page reads under the actor's rights, every form is one call of a service.

An app's admin.py declares, for each model, the entry and the services (`RecordAdmin`), the lists of parts below it
(`PartInline`), and the steps that its buttons take (`Step`).
"""

from sgoffice.records.admin.access import ActorAccess, actor_of
from sgoffice.records.admin.columns import date_column, marking_column
from sgoffice.records.admin.forms import RecordForm
from sgoffice.records.admin.inlines import PartForm, PartInline
from sgoffice.records.admin.inputs import choice_of
from sgoffice.records.admin.pages import RecordAdmin
from sgoffice.records.admin.steps import Step
from sgoffice.records.admin.words import badge

__all__ = [
    "ActorAccess",
    "PartForm",
    "PartInline",
    "RecordAdmin",
    "RecordForm",
    "Step",
    "actor_of",
    "badge",
    "choice_of",
    "date_column",
    "marking_column",
]
