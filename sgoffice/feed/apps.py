"""Configuration of the feed."""

from django.apps import AppConfig


class FeedConfig(AppConfig):
    """What is published, and the streams of partners."""

    name = "sgoffice.feed"
    label = "feed"
    verbose_name = "Feed"
