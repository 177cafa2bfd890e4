"""Addresses of the pages about problems."""

from django.urls import path

from sgoffice.api.problem_pages import problem_page, rules_page

urlpatterns = [path("rules", rules_page), path("<slug:slug>", problem_page)]
