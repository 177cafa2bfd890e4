"""Addresses of the desk's pages of the engagement log."""

from django.urls import path

from engagements.desk.answers import answer
from engagements.desk.log import clocks, log, understood
from engagements.desk.sheets import engagement

urlpatterns = [
    path("log", log, name="desk-log"),
    path("log/understood", understood, name="desk-understood"),
    path("log/clocks", clocks, name="desk-clocks"),
    path("engagements/<str:reference>", engagement, name="desk-engagement"),
    path("engagements/<str:reference>/answer", answer, name="desk-answer"),
]
