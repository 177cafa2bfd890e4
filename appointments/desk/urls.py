"""Addresses of the desk's pages of posts, decisions and sessions."""

from django.urls import path

from appointments.desk.decisions import decision, report, session, settle
from appointments.desk.posts import post
from appointments.services import ADOPTED_AT, APPOINTED_AT, APPOINTED_BY
from sgoffice.desk.addresses import register_sheet
from sgoffice.desk.mentions import register_words

register_sheet("post", "desk-post", by="id")
register_sheet("decision", "desk-decision")
register_sheet("session", "desk-session")
register_words(ADOPTED_AT, "Adopted at", "Decided there")
register_words(APPOINTED_AT, "Appointed at", "Appointed there")
register_words(APPOINTED_BY, "Appointed by the decision", "Appoints")

urlpatterns = [
    path("posts/<str:key>", post, name="desk-post"),
    path("decisions/<str:reference>", decision, name="desk-decision"),
    path("decisions/<str:reference>/answer", report, name="desk-report"),
    path("sessions/<str:reference>", session, name="desk-session"),
    path("sessions/<str:reference>/answer", settle, name="desk-settle"),
]
