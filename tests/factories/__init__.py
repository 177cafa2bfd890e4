"""Makers of legal records: each calls a service."""
