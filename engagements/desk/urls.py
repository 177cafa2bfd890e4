"""Addresses of the desk's pages of the engagement log."""

from django.urls import path

from engagements.desk import items
from engagements.desk.additions import add_counterpart, add_promise
from engagements.desk.answers import answer
from engagements.desk.corrections import correct
from engagements.desk.headings import shown_title
from engagements.desk.log import clocks, log, understood
from engagements.desk.log_starts import drop_draft, keep_draft
from engagements.desk.sheets import engagement
from engagements.vocabulary import Relation
from sgoffice.desk.addresses import register_sheet
from sgoffice.desk.mentions import register_title, register_words

register_sheet("engagement", "desk-engagement")
register_sheet("action_item", "desk-item")
register_title("engagement", shown_title)
for relation, back in {
    Relation.PART_OF: "Has the part",
    Relation.FOLLOWS: "Is followed by",
    Relation.UNDER: "Met under it",
    Relation.OCCASION: "Met on its occasion",
    Relation.DECISION: "Concerned it",
    Relation.POSTPONED_TO: "In place of",
    Relation.ON_LIST: "On the list of",
    Relation.CARRIES: "Carried over to",
}.items():
    register_words(relation, relation.label, back)

urlpatterns = [
    path("log", log, name="desk-log"),
    path("log/understood", understood, name="desk-understood"),
    path("log/draft", keep_draft, name="desk-keep-draft"),
    path("log/anew", drop_draft, name="desk-drop-draft"),
    path("log/clocks", clocks, name="desk-clocks"),
    path("engagements/<str:reference>", engagement, name="desk-engagement"),
    path("engagements/<str:reference>/answer", answer, name="desk-answer"),
    path("engagements/<str:reference>/correct", correct, name="desk-correct"),
    path("engagements/<str:reference>/promises", add_promise, name="desk-add-promise"),
    path("engagements/<str:reference>/counterparts", add_counterpart, name="desk-add-counterpart"),
    path("items/<str:reference>", items.item, name="desk-item"),
    path("items/<str:reference>/answer", items.answer, name="desk-item-answer"),
]
