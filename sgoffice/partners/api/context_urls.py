"""The addresses of the guide and of the JSON-LD context, outside of what needs a token."""

from django.urls import path

from sgoffice.partners.api import guide, vocabularies

urlpatterns = [
    path("context.jsonld", vocabularies.served_context, name="partner-context"),
    path("guide", guide.served_guide, name="partner-guide"),
]
