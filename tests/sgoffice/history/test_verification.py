"""`manage.py verify_history` passes on a register that nobody touched, and names what somebody altered."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import HistoryEntry, HistoryLink
from tests.factories.directory import country, organization, person
from tests.sgoffice.records.asking import as_owner, ask, tamper

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def people():
    country("FR")
    organization("United Nations")
    return [person(f"Person {number}") for number in range(4)]


_COPY_OF_ENTRY = (
    "INSERT INTO history_entry SELECT (jsonb_populate_record(e, '{{\"id\": 99}}')).*"
    " FROM history_entry e WHERE id = {entry}"
)


def verify(**options):
    """Return what the command prints as faults; the empty text when the history is intact."""
    said, faults = StringIO(), StringIO()
    try:
        call_command("verify_history", stdout=said, stderr=faults, **options)
    except CommandError as error:
        return f"{faults.getvalue()}{error}"
    assert "The history is intact: 6 transactions" in said.getvalue()
    return ""


def test_untouched_history_is_whole(people):
    assert verify() == ""


def test_row_that_was_altered_behind_the_triggers_is_named(people):
    tamper("directory_person", f"UPDATE directory_person SET name = 'forged' WHERE id = '{people[1].pk}'")

    assert f"directory_person {people[1].pk}: row differs from its history" in verify()
    assert str(people[0].pk) not in verify()


def test_row_that_was_added_behind_the_triggers_is_named(people):
    forged = "01900000-0000-7000-8000-000000000001"

    tamper(
        "directory_person",
        f'INSERT INTO directory_person SELECT (jsonb_populate_record(p, \'{{"id": "{forged}"}}\')).*'
        f" FROM directory_person p WHERE id = '{people[0].pk}'",
    )

    assert f"directory_person {forged}: row without history" in verify()


def test_row_that_was_taken_away_behind_the_triggers_is_named(people):
    tamper("directory_person", f"DELETE FROM directory_person WHERE id = '{people[2].pk}'")

    assert f"directory_person {people[2].pk}: row is gone without history" in verify()


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("history_entry", "UPDATE history_entry SET actor = 'staff:somebody' WHERE id = {entry}"),
        ("history_entry", "UPDATE history_entry SET at = at - interval '1 day' WHERE id = {entry}"),
        ("history_entry", "DELETE FROM history_entry WHERE id = {entry}"),
        ("history_entry", _COPY_OF_ENTRY),
        ("history_transaction", "UPDATE history_transaction SET started_at = now() WHERE id = {transaction}"),
        ("history_transaction", "DELETE FROM history_transaction WHERE id = {transaction}"),
        ("history_link", "UPDATE history_link SET hash = sha256('x') WHERE transaction_id = {transaction}"),
        ("history_link", "DELETE FROM history_link WHERE transaction_id = {transaction}"),
    ],
)  # fmt: skip
def test_alteration_of_the_chain_is_named(people, table, statement):
    entry = HistoryEntry.objects.get(record_id=people[1].pk)
    position = HistoryLink.objects.get(transaction=entry.transaction_id).position

    tamper(table, statement.format(entry=entry.pk, transaction=entry.transaction_id))

    found = verify()
    assert f"link {position}: " in found or f"link {position + 1}: a link before it is gone" in found


def test_alteration_of_what_an_entry_says_is_named(people):
    entry = HistoryEntry.objects.get(record_id=people[1].pk)

    tamper(
        "history_payload",
        f"UPDATE history_payload SET new = jsonb_set(new, '{{name}}', '\"forged\"') WHERE entry_id = {entry.pk}",
    )

    assert f"entry {entry.pk} was altered: its content is not what its digest says" in verify()


def test_alteration_of_content_digest_and_row_together_breaks_the_chain(people):
    entry = HistoryEntry.objects.get(record_id=people[1].pk)

    tamper("directory_person", f"UPDATE directory_person SET name = 'forged' WHERE id = '{people[1].pk}'")
    tamper(
        "history_payload",
        f"UPDATE history_payload SET new = jsonb_set(new, '{{name}}', '\"forged\"') WHERE entry_id = {entry.pk}",
    )
    tamper(
        "history_entry",
        "UPDATE history_entry e SET digest = register_payload_digest(p.salt, p.old, p.new) FROM history_payload p"
        f" WHERE p.entry_id = e.id AND e.id = {entry.pk}",
    )

    assert "it, its transaction or an entry of it was altered" in verify()


def test_content_taken_away_is_a_fault(people):
    correct(people[1], name="Later")
    first, _ = HistoryEntry.objects.filter(record_id=people[1].pk).order_by("pk")

    tamper("history_payload", f"DELETE FROM history_payload WHERE entry_id = {first.pk}")

    assert f"directory_person {people[1].pk}: what entry {first.pk} says is gone" in verify()


def correct(one, **values):
    with change(Person, one.pk, verb="correct", by=OFFICE, expected=ANY_VERSION) as record:
        for name, value in values.items():
            setattr(record, name, value)


def test_newest_links_cut_off_with_their_entries_are_missed_by_the_head_that_was_kept_elsewhere(people, tmp_path):
    head = tmp_path / "head"
    assert verify(head=head) == ""
    entry = HistoryEntry.objects.get(record_id=people[-1].pk)
    names = ("history_link", "history_transaction", "history_entry", "history_payload", "directory_person")

    for table, column, value in zip(
        names,
        ("transaction_id", "id", "id", "entry_id", "id"),
        (entry.transaction_id, entry.transaction_id, entry.pk, entry.pk, f"'{people[-1].pk}'"),
        strict=True,
    ):
        tamper(table, f"DELETE FROM {table} WHERE {column} = {value}")

    found = verify(head=head)
    assert "link 6: it was cut off with everything after it" in found
    assert f"records_entry {people[-1].pk}: identity without history" in found


def test_head_moves_on_after_a_clean_pass_and_stays_after_a_fault(people, tmp_path):
    head = tmp_path / "head"
    head.write_text("0 \n")

    assert verify(head=head) == ""
    kept = head.read_text()
    tamper("directory_person", "UPDATE directory_person SET name = 'forged'")
    assert verify(head=head) != ""

    assert kept.startswith("6 ")
    assert head.read_text() == kept
    assert [place.name for place in tmp_path.iterdir()] == ["head"]


def test_file_that_holds_no_head_is_refused_with_advice(people, tmp_path):
    head = tmp_path / "head"
    head.write_text("")

    assert "does not hold the head of a history" in verify(head=head)
    assert head.read_text() == ""


def test_columns_that_a_migration_added_or_took_away_are_adopted_and_a_forged_row_is_not(people):
    as_owner(
        "ALTER TABLE directory_person ADD COLUMN pronouns text NOT NULL DEFAULT 'they'",
        "ALTER TABLE directory_person RENAME COLUMN given_name TO first_name",
        "ALTER TABLE directory_person DROP COLUMN honorific_prefix",
    )
    tamper("directory_person", f"UPDATE directory_person SET name = 'forged' WHERE id = '{people[1].pk}'")
    assert verify().count("row differs") == 4

    [(adopted,)] = ask("SELECT register_adopt_columns()", using="owner")
    [(again,)] = ask("SELECT register_adopt_columns()", using="owner")

    assert (adopted, again) == (3, 0)
    found = verify()
    assert f"directory_person {people[1].pk}: row differs from its history" in found
    assert found.count("differs") == 1
    newest = HistoryEntry.objects.filter(record_id=people[0].pk).latest("pk")
    assert (newest.verb, newest.payload.old["given_name"], newest.payload.new["pronouns"]) == ("migrate", "", "they")
