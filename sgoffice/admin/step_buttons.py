"""The buttons above a form: the steps that usually come next, and behind one more button all others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sgoffice.admin.access import actor_of
from sgoffice.admin.step_pages import is_open
from sgoffice.records.models import Record


def step_buttons(admin: Any, request: HttpRequest, record: Record) -> dict[str, list[dict[str, str]]]:
    """Return label, tone and URL of the steps that are possible now: those that are likely, and the others."""
    name = f"admin:{admin.opts.app_label}_{admin.opts.model_name}_step"
    likely = list(admin.likely_steps(record)) if record.is_live else [step.name for step in admin.all_steps()]
    first, others = {}, []
    for step in admin.all_steps():
        if not actor_of(request).may(step.permission) or not is_open(step, record):
            continue
        button = {"label": step.label, "tone": step.tone, "url": reverse(name, args=[record.pk, step.name])}
        if step.name in likely:
            first[step.name] = button
        else:
            others.append(button)
    return {"register_steps": [first[one] for one in likely if one in first], "register_more_steps": others}
