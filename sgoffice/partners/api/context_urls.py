"""The address of the JSON-LD context, outside of what needs a token."""

from django.urls import path

from sgoffice.partners.api import vocabularies

urlpatterns = [path("context.jsonld", vocabularies.served_context, name="partner-context")]
