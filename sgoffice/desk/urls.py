"""Addresses of the pages that belong to no domain."""

from django.urls import path

from sgoffice.desk.search import palette, search

urlpatterns = [
    path("search", search, name="desk-search"),
    path("palette", palette, name="desk-palette"),
]
