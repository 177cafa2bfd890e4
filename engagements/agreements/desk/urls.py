"""Addresses of the desk's pages of agreements."""

from django.urls import path

from engagements.agreements.desk.answers import answer
from engagements.agreements.desk.files import add_file
from engagements.agreements.desk.sheets import agreement
from engagements.agreements.vocabulary import APPROVED_BY, Relation
from sgoffice.desk.addresses import register_sheet
from sgoffice.desk.mentions import register_words

register_sheet("agreement", "desk-agreement")
register_words(APPROVED_BY, "Approved by", "Approved the agreement")
for relation, back in {
    Relation.AMENDS: "Amended by",
    Relation.SUPERSEDES: "Superseded by",
    Relation.IMPLEMENTS: "Implemented by",
    Relation.SUPPLEMENTS: "Supplemented by",
}.items():
    register_words(relation, relation.label, back)

urlpatterns = [
    path("agreements/<str:reference>", agreement, name="desk-agreement"),
    path("agreements/<str:reference>/answer", answer, name="desk-agreement-answer"),
    path("agreements/<str:reference>/files", add_file, name="desk-agreement-files"),
]
