"""The address of the search over records of every kind."""

from django.urls import path

from sgoffice.api.search import SearchView

urlpatterns = [path("search", SearchView.as_view(), name="search")]
