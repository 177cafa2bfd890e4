"""Endpoints of the signed-in user."""
