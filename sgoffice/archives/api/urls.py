"""The address of the archive."""

from django.urls import path

from sgoffice.archives.api.archive import ArchiveViewSet

urlpatterns = [path("archive", ArchiveViewSet.as_view({"get": "take", "post": "create"}), name="archive")]
