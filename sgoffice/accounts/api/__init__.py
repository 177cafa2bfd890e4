"""Endpoints about oneself."""
