"""Addresses of the desk's page of the archive."""

from django.urls import path

from sgoffice.archives.desk.archive import archive, archive_file

urlpatterns = [
    path("archive", archive, name="desk-archive"),
    path("archive/file", archive_file, name="desk-archive-file"),
]
