"""Configuration of the feed."""

from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "sgoffice.feed"
    label = "feed"
    verbose_name = "Feed"
