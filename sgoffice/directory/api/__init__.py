"""Endpoints of the directory. `references` are the names of its records inside other documents."""
