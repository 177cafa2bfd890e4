"""The search row of each record: derived with its document, so without history."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from sgoffice.records.markings import Marking
from sgoffice.records.querysets import SearchQuerySet


class SearchRow(models.Model):
    """What the search matches a record by: its words, day and countries, and who may see it."""

    record_id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    day = models.DateField(help_text="The earliest day that its date can mean; the first of all days if it has none.")
    year = models.PositiveSmallIntegerField(null=True)
    countries = ArrayField(models.TextField(), help_text="The codes of the countries that it concerns.")
    heading = models.TextField(help_text="Its titles, folded, each between spaces.")
    names = ArrayField(models.TextField(), help_text="Words by which records that show its name are found too.")
    speaks_for = models.TextField(help_text="The code of the country that it represents where it is named.")
    keys = models.TextField(
        db_default="",
        help_text="Names by which records that show it are found, in ASCII: spellings are compared there.",
    )
    indexing = models.PositiveSmallIntegerField(db_default=0, help_text="How it was made: search.INDEXING of that day.")
    #: Far wider than the other columns and never read: stored out of line, so that a page holds many rows.
    words = SearchVectorField(help_text="Its words as folding.lexemes() cuts them, without positions.")
    is_live = models.BooleanField()
    marking = models.TextField(choices=Marking)
    entered_by = models.TextField()
    readers = models.JSONField()

    objects = SearchQuerySet.as_manager()

    class Meta:
        # a short pending list: a search reads all of it
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="searchrow_words", gin_pending_list_limit=1024),
            # few records have names of their own: choices while one types look through these alone
            GinIndex(fields=["words"], condition=~Q(keys=""), name="searchrow_words_of_names"),
            GinIndex(OpClass("keys", name="gin_trgm_ops"), condition=~Q(keys=""), name="searchrow_keys"),
        ]
