"""Configuration of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sgoffice.accounts"
    label = "accounts"
    verbose_name = "Staff"
