"""The bases of shapes: entries, strict and turned into the services' dataclasses; records, as readers get them."""

import threading
from typing import Any, ClassVar

from rest_framework import serializers

from sgoffice.api.fields import Choice, PartialDay, Text
from sgoffice.documents import note_embedded
from sgoffice.records.entries import Conflict, Correction, MarkedRecordEntry, Note, RecordEntry, Source
from sgoffice.records.models import MarkedRecord, Marking, Record
from sgoffice.records.readership import Readership

VERIFICATIONS = ("primary", "secondary", "inferred", "unverified")
#: Unknown keys that a refusal names.
_NAMED = 20
_readers = threading.local()
_PROVENANCE = ("sources", "caveats", "conflicts", "notes")
RECORD_FIELDS = ("id", "version", "is_in_error", "merged_into", "merged_from", *_PROVENANCE)
MARKED_RECORD_FIELDS = ("reference", "marking", "readers", "entered_by", *RECORD_FIELDS)


class StrictSerializer(serializers.Serializer):
    """A body of which every key must be known."""

    def take(self, data: Any) -> None:
        """Read another body, as if this had been made for it."""
        for name in ("_validated_data", "_errors"):
            self.__dict__.pop(name, None)
        self.initial_data = data

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Check the shape alone; whether it makes sense is for the rules."""
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": ["This must be an object."]})
        known = {name for name, field in self.fields.items() if not field.read_only}
        if unknown := [str(key) for key in data if key not in known]:
            advice = f"There is no such field; there are: {', '.join(sorted(known))}."
            raise serializers.ValidationError(
                {name.encode("ascii", "backslashreplace").decode(): [advice] for name in unknown[:_NAMED]}
            )
        self._require_whole(data)
        return super().to_internal_value(data)

    def _require_whole(self, data: dict[str, Any]) -> None:
        """Refuse a part that lacks something: a patch is partial to the record alone and replaces parts as a whole."""
        if self.parent is None or not self.root.partial:
            return
        missing = [name for name, field in self.fields.items() if field.required and name not in data]
        if missing:
            raise serializers.ValidationError({name: [self.error_messages["required"]] for name in missing})


def reader_of(shape: type[StrictSerializer], data: Any, *, partial: bool = False) -> Any:
    """Return a serializer that reads this body, until the thread reads the next one of that shape with it.

    Making the fields of an entry takes longer than reading one.
    """
    made: dict[Any, StrictSerializer] = _readers.__dict__.setdefault("made", {})
    reader = made.get((shape, partial))
    if reader is None:
        reader = made[shape, partial] = shape(partial=partial)
    reader.take(data)
    return reader


class EntrySerializer(StrictSerializer):
    """A body that becomes one frozen dataclass (`entry`)."""

    entry: ClassVar[type[Any]]

    def to_entry(self) -> Any:
        """Return the dataclass of a validated body."""
        return self.entry(**self.plain(self.validated_data))

    def to_correction(self) -> Correction[Any]:
        """Return the patch that a validated body means: what it does not name stays as it is."""
        return Correction(self.entry, self.plain(self.validated_data))

    def plain(self, validated: dict[str, Any]) -> dict[str, Any]:
        """Return what the dataclass takes: nested entries as their dataclasses, lists as tuples."""
        return {name: _plain(self.fields[name], value) for name, value in validated.items()}


def _plain(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, EntrySerializer):
        return field.entry(**field.plain(value))
    if isinstance(field, serializers.ListSerializer):
        return tuple(_plain(field.child, item) for item in value)
    return tuple(value) if isinstance(value, list) else value


class SourceSerializer(EntrySerializer):
    """What supports a record, and how far it was checked.

    Partners who have the record read the sources of what they get of it, with titles and names of documents.
    """

    entry = Source

    url = Text(max_length=2000, required=False, allow_blank=True, help_text="Where it can be read.")
    document = Text(max_length=500, required=False, allow_blank=True, help_text="The symbol or name of a document.")
    title = Text(max_length=1000, required=False, allow_blank=True)
    published_on = PartialDay(required=False, allow_blank=True, help_text="As imprecise as known (EDTF).")
    supports = serializers.ListField(
        child=Text(max_length=200), required=False, help_text="JSON pointers of what it supports; none: all of it."
    )
    verification = Choice(choices=VERIFICATIONS, required=False, help_text="How far it was checked.")


class ConflictSerializer(EntrySerializer):
    """What another source says differently."""

    entry = Conflict

    pointer = Text(max_length=200, help_text="JSON pointer of the field.")
    value = Text(max_length=2000, help_text="What the other source says.")
    source: Any = Text(max_length=2000, required=False, allow_blank=True)


class NoteSerializer(EntrySerializer):
    """What else is known, under a heading."""

    entry = Note

    about = Text(max_length=100, help_text="The heading.")
    text = Text(max_length=5000)


class RecordEntrySerializer(EntrySerializer):
    """What every record can be entered with."""

    entry = RecordEntry

    sources = SourceSerializer(
        many=True,
        required=False,
        help_text="What supports this record. Partners get it, unless it supports only what they do not get.",
    )
    caveats = serializers.ListField(
        child=Text(max_length=2000), required=False, help_text="What a reader must know before relying on it."
    )
    conflicts = ConflictSerializer(many=True, required=False, help_text="What other sources say differently.")
    notes = NoteSerializer(many=True, required=False, help_text="What else is known, each under its heading.")


class MarkedRecordEntrySerializer(RecordEntrySerializer):
    """What every record with a marking can be entered with."""

    entry = MarkedRecordEntry

    marking = Choice(choices=Marking.choices, required=False, help_text="Who may see it; internal unless said.")
    readers = serializers.ListField(
        child=Text(max_length=64), required=False, help_text="Ids of the users who may read it although restricted."
    )


class ReferenceSerializer(serializers.Serializer):
    """The name of another record inside a document. Notes that the document must follow a change of that name."""

    def to_representation(self, instance: Any) -> Any:
        """Return the few fields of the other record; of the one that took its place, if it was merged."""
        note_embedded(instance.pk)
        if instance.survivor is not instance:
            instance = instance.survivor
            note_embedded(instance.pk)
        return super().to_representation(instance)


class OwnerId(serializers.UUIDField):
    """The id of the record that another one belongs to, if all readers of that one may read it; null otherwise.

    Who may read the owner finds it among the links. The recipe of the document selects the key.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **options)

    def get_attribute(self, instance: Any) -> Any:
        """Return the id of the owner."""
        owner: Any = super().get_attribute(instance)
        return owner.pk if owner is not None and Readership.of(owner).includes(Readership.of(instance)) else None


class MergedRecordSerializer(serializers.Serializer):
    """A record that was merged into this one, with the sources that it had."""

    id = serializers.UUIDField(source="pk")
    reference = serializers.CharField(allow_null=True, default=None)
    sources = SourceSerializer(many=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the sources as they are stored: they were checked on their way in."""
        reference = instance.reference if instance.is_marked else None
        return {"id": instance.pk, "reference": reference, "sources": instance.sources}


class RecordSerializer(serializers.ModelSerializer):
    """A record as readers get it; subclasses name their fields beside RECORD_FIELDS."""

    version = serializers.IntegerField(read_only=True, help_text="Grows with each change; If-Match takes it.")
    merged_into = serializers.UUIDField(
        source="merged_into_id", read_only=True, allow_null=True, help_text="The record that took this one's place."
    )
    merged_from = MergedRecordSerializer(
        many=True, read_only=True, help_text="The records that were merged into this one, with their sources."
    )
    sources = SourceSerializer(many=True, read_only=True)
    caveats = serializers.ListField(child=serializers.CharField(), read_only=True)
    conflicts = ConflictSerializer(many=True, read_only=True)
    notes = NoteSerializer(many=True, read_only=True)

    class Meta:
        model: ClassVar[type[Record]]
        fields: ClassVar[tuple[str, ...]] = RECORD_FIELDS

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the fields; JSON columns as they are stored, since they were checked on their way in."""
        shown = super().to_representation(instance)
        for name in _PROVENANCE:
            if name in shown:
                shown[name] = getattr(instance, name)
        return shown


class MarkedRecordSerializer(RecordSerializer):
    """A record with a marking as readers get it."""

    readers = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(RecordSerializer.Meta):
        model: ClassVar[type[MarkedRecord]]
        fields: ClassVar[tuple[str, ...]] = MARKED_RECORD_FIELDS


class ReasonSerializer(StrictSerializer):
    """Why something is done."""

    reason = Text(max_length=2000, help_text="Why; kept in the record's history.")
