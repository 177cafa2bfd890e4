"""Pings: notifications that a stream has advanced, without content (Standard Webhooks)."""

from sgoffice.partners.pings.delivery import policy, run_once, waiting, work, work_once

__all__ = ["policy", "run_once", "waiting", "work", "work_once"]
