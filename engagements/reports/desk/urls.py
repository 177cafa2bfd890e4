"""Addresses of the pages that read across the register."""

from django.urls import path

from engagements.reports.desk.counterparts import counterpart
from engagements.reports.desk.deadlines import deadlines
from engagements.reports.desk.diary import diary
from engagements.reports.desk.figures import list_behind, report, reports
from engagements.reports.desk.folder import folder, folder_pdf
from engagements.reports.desk.invitations import invitation
from engagements.reports.desk.today import today
from sgoffice.desk.addresses import register_sheet
from sgoffice.directory.vocabulary import CounterpartKind

for kind in CounterpartKind.values:
    register_sheet(kind, "desk-counterpart", kind, by="id")

urlpatterns = [
    path("", today, name="desk-today"),
    path("diary", diary, name="desk-diary"),
    path("engagements/<str:reference>/folder", folder, name="desk-folder"),
    path("engagements/<str:reference>/folder.pdf", folder_pdf, name="desk-folder-pdf"),
    path("log/invitation", invitation, name="desk-invitation"),
    path("deadlines", deadlines, name="desk-deadlines"),
    path("reports", reports, name="desk-reports"),
    path("reports/lists/<slug:noun>", list_behind, name="desk-list-behind"),
    path("reports/<slug:name>", report, name="desk-report-of-figures"),
    path("counterparts/<slug:kind>/<str:key>", counterpart, name="desk-counterpart"),
]
