"""Endpoints of bodies, posts, sessions, decisions and appointments."""
