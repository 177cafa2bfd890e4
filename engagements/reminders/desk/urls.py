"""The address of the desk's page of reminders."""

from django.urls import path

from engagements.reminders.desk.choices import reminders

urlpatterns = [path("me/reminders", reminders, name="desk-reminders")]
