"""The conventions of HTTP here, for every endpoint: one file for each convention.

Stands on records; the apps' own `api` packages stand on it.
"""
