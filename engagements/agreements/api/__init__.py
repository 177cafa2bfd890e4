"""Endpoints of the cooperation agreements."""
