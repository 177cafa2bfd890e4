"""The address of a subscription, outside the API: calendar programs send no credentials but the address."""

from django.urls import path

from engagements.api.calendar import SubscriptionView

urlpatterns = [path("<str:secret>.ics", SubscriptionView.as_view(), name="calendar")]
