"""Links above the form of a record to its belongings: how many, their list, and a form to add one."""

from urllib.parse import urlencode

from django.urls import reverse

from sgoffice.changes.belongings import belongings_of
from sgoffice.changes.merging import same_records
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record


def owned_record_links(record: Record, actor: Actor) -> list[dict[str, object]]:
    """Return label, count and URLs of each kind that belongs to a record, as far as the actor may see it.

    Belongings of merged records count. Nothing can be added to a record that is in error or merged.
    """
    found = []
    for belonging in belongings_of(record.record_kind):
        options = belonging.model._meta
        ids = same_records([record.pk])
        address = f"admin:{options.app_label}_{options.model_name}"
        listed = urlencode({f"{belonging.key}__in": ",".join(str(pk) for pk in ids)})
        may_add = record.is_live and actor.may(belonging.model.write_permission)
        found.append(
            {
                "label": str(options.verbose_name_plural).capitalize(),
                "count": belonging.owned_by(ids).visible_to(actor).count(),
                "url": f"{reverse(f'{address}_changelist')}?{listed}",
                "add": f"{reverse(f'{address}_add')}?{urlencode({belonging.key: record.pk})}" if may_add else "",
            }
        )
    return found
