"""Addresses of the desk's pages of imports."""

from django.urls import path

from sgoffice.desk.addresses import register_sheet
from sgoffice.imports.desk.answers import answer, enter, map_columns, read_again, undo
from sgoffice.imports.desk.sheets import imported, progress
from sgoffice.imports.desk.uploads import imports

register_sheet("import", "desk-import")

urlpatterns = [
    path("imports", imports, name="desk-imports"),
    path("imports/<str:reference>", imported, name="desk-import"),
    path("imports/<str:reference>/progress", progress, name="desk-import-progress"),
    path("imports/<str:reference>/reading", read_again, name="desk-import-reading"),
    path("imports/<str:reference>/columns", map_columns, name="desk-import-columns"),
    path("imports/<str:reference>/answers", answer, name="desk-import-answers"),
    path("imports/<str:reference>/enter", enter, name="desk-import-enter"),
    path("imports/<str:reference>/undo", undo, name="desk-import-undo"),
]
