"""Endpoints of staff about partners, and the exchange that partners' systems pull."""
