"""Pings: partners are told that their stream has advanced, and nothing more (Standard Webhooks)."""

from sgoffice.partners.pings.delivery import policy, run_once, work, work_once

__all__ = ["policy", "run_once", "work", "work_once"]
