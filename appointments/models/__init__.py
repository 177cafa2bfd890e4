"""The names other modules import."""

from appointments.models.appointment import Appointment, Post, TermRule
from appointments.models.bodies import Body, Decision, Mandate, Session

__all__ = ["Appointment", "Body", "Decision", "Mandate", "Post", "Session", "TermRule"]
