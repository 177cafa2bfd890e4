"""A plain, idiomatic ModelViewSet over a kind of record: the read serializer, select_related and prefetch_related.

It shows the very fields that the register's documents show, from the same tables, rendered for each request. It pays
for the same sign-in; it is spared all filters but one, markings, ETags and the hiding of what one may not see.
"""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import URLPattern
from rest_framework import pagination, renderers, routers, viewsets

from sgoffice import documents
from sgoffice.records.models import Entry


def peer_of(kind: str, ordering: tuple[str, ...]) -> type[viewsets.ReadOnlyModelViewSet]:
    """Return the viewset of a kind, in pages of 50 by cursor."""
    recipe = documents.recipes()[kind]
    rows: Any = recipe.model._default_manager.all()
    if recipe.select:
        rows = rows.select_related(*recipe.select)

    class Page(pagination.CursorPagination):
        page_size = 50

    Page.ordering = ordering

    class PeerViewSet(viewsets.ReadOnlyModelViewSet):
        queryset = rows.prefetch_related(*recipe.prefetch).annotate(version=_version())
        serializer_class = recipe.shape
        pagination_class = Page
        renderer_classes = (renderers.JSONRenderer,)

        def get_queryset(self) -> Any:
            found = super().get_queryset()
            year = self.request.query_params.get("year")
            if year is None:
                return found
            return found.filter(held_earliest__lte=f"{year}-12-31", held_latest__gte=f"{year}-01-01")

    return PeerViewSet


def _version() -> Subquery:
    return Subquery(Entry.objects.filter(pk=OuterRef("pk")).values("version"))


def urls_of(name: str, viewset: type[viewsets.ReadOnlyModelViewSet]) -> list[URLPattern]:
    """Return the addresses of the peer."""
    router = routers.SimpleRouter(trailing_slash=False)
    router.register(name, viewset, basename=f"peer-{name}")
    return router.urls
