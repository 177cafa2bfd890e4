"""The look of the admin, and its sidebar."""

from django.templatetags.static import static
from django.urls import reverse_lazy


def _item(title: str, icon: str, model: str) -> dict[str, object]:
    app, _, name = model.partition(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_changelist"),
        "permission": lambda request: request.user.as_actor().may("read"),
    }


def _staff(title: str, icon: str, model: str) -> dict[str, object]:
    return _item(title, icon, model) | {"permission": lambda request: request.user.as_actor().may("administer")}


def _audit(title: str, icon: str, model: str) -> dict[str, object]:
    return _item(title, icon, model) | {"permission": lambda request: request.user.as_actor().may("audit")}


#: A calm dark blue, from light to dark.
_BLUES = {
    "50": "#f1f5fb",
    "100": "#e1e9f5",
    "200": "#c8d7ec",
    "300": "#a2bce0",
    "400": "#7599d0",
    "500": "#547bc2",
    "600": "#31579f",
    "700": "#28467f",
    "800": "#1f3763",
    "900": "#182b4d",
    "950": "#0f1b31",
}
UNFOLD: dict[str, object] = {
    "SITE_TITLE": "Register of the Office",
    "SITE_HEADER": "Register of the Office",
    "SITE_SYMBOL": "account_balance",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _: static("desk/icon.svg")}],
    "COLORS": {"primary": _BLUES},
    "LOGIN": {"form": "sgoffice.accounts.sign_in.passwords.SignInForm"},
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "engagements.reports.admin.overview",
    "STYLES": [lambda _: static("office_admin/register.css")],
    "SCRIPTS": [lambda _: static("office_admin/choices.js")],
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            {
                "title": "Log",
                "separator": False,
                "items": [
                    _item("Engagements", "handshake", "engagements.engagement"),
                    _item("Action items", "task_alt", "engagements.actionitem"),
                    _item("Papers", "description", "engagements.paper"),
                    _item("Attachments", "attach_file", "engagements.attachment"),
                ],
            },
            {
                "title": "Agreements",
                "separator": True,
                "items": [_item("Agreements", "contract", "agreements.agreement")],
            },
            {
                "title": "Appointments",
                "separator": True,
                "items": [
                    _item("Appointments", "badge", "appointments.appointment"),
                    _item("Sessions", "groups", "appointments.session"),
                    _item("Decisions", "gavel", "appointments.decision"),
                    _item("Mandates", "checklist", "appointments.mandate"),
                    _item("Posts", "workspace_premium", "appointments.post"),
                    _item("Bodies", "account_tree", "appointments.body"),
                    _item("Term rules", "rule", "appointments.termrule"),
                ],
            },
            {
                "title": "Directory",
                "separator": True,
                "items": [
                    _item("People", "person", "directory.person"),
                    _item("Organizations", "corporate_fare", "directory.organization"),
                    _item("Countries", "flag", "directory.country"),
                    _item("Topics", "label", "directory.topic"),
                    _item("Memberships", "card_membership", "directory.membership"),
                    _item("Affiliations", "hub", "directory.affiliation"),
                    _item("Offices", "location_city", "directory.office"),
                ],
            },
            {
                "title": "Partners",
                "separator": True,
                "items": [
                    _item("Partners", "sync_alt", "partners.partner"),
                    _item("Releases", "outbox", "partners.release"),
                ],
            },
            {
                "title": "Two people",
                "separator": True,
                "items": [_item("Approvals", "rule_folder", "approvals.approval")],
            },
            {
                "title": "Staff",
                "separator": True,
                "items": [
                    _staff("Members of staff", "manage_accounts", "accounts.user"),
                    _audit("Trace", "visibility", "records.traceitem"),
                    _staff("Tokens", "key", "accounts.accesstoken"),
                    _staff("Calendar links", "calendar_month", "accounts.calendarlink"),
                ],
            },
        ],
    },
}
