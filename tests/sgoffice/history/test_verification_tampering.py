"""What a dishonest administrator of the database would do is reported by `verify_history`, with table and row."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from engagements.services import ParticipantEntry
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName
from sgoffice.records.models import HistoryEntry
from tests.databases import Databases
from tests.factories import engagements, partners
from tests.factories.accounts import staff
from tests.factories.directory import person
from tests.sgoffice.records.asking import as_owner, superuser, tamper

pytestmark = pytest.mark.usefixtures("fresh_database")
HISTORY = ("history_link", "history_transaction", "history_entry", "history_payload")


@dataclass
class Register:
    """A small register: people with three entries each, a restricted and a public engagement, a partner."""

    people: list[Person]
    hidden: str
    public: str

    def entries(self, number: int = 1) -> list[HistoryEntry]:
        return list(HistoryEntry.objects.filter(row_id=self.people[number].pk).order_by("pk"))


@pytest.fixture
def register() -> Register:
    people = [person(f"Person {number}") for number in range(3)]
    for number, one in enumerate(people * 2):
        with change(Person, one.pk, verb="correct", by=OFFICE, expected=ANY_VERSION) as record:
            record.notes = [{"about": "Note", "text": f"{number}"}]
    partners.partner()
    made = Register(people, *(str(engagements.engagement(marking=word).pk) for word in ("restricted", "public")))
    assert verify() == ""
    return made


def verify() -> str:
    """Return what the command prints as faults; the empty text when there are none."""
    said = StringIO()
    try:
        call_command("verify_history", stdout=StringIO(), stderr=said)
    except CommandError as error:
        return f"{said.getvalue()}{error}"
    return ""


def edit_payload(at: Register) -> str:
    entry = at.entries()[1]
    tamper(
        "history_payload", f'UPDATE history_payload SET new = new || \'{{"name": "x"}}\' WHERE entry_id = {entry.pk}'
    )
    tamper(
        "history_entry",
        "UPDATE history_entry e SET digest = register_payload_digest(p.salt, p.old, p.new), actor = 'staff:x'"
        f" FROM history_payload p WHERE p.entry_id = e.id AND e.id = {entry.pk}",
    )
    return f"directory_person {at.people[1].pk}: link"


def delete_transaction_from_the_middle(at: Register) -> str:
    entry = at.entries()[1]
    delete(entry)
    return f"directory_person {at.people[1].pk}: entry {at.entries()[1].pk} does not begin where"


def delete(entry: HistoryEntry) -> None:
    for table, column, value in zip(
        HISTORY, ("transaction_id", "id", "id", "entry_id"), [entry.transaction_id] * 2 + [entry.pk] * 2, strict=True
    ):
        tamper(table, f"DELETE FROM {table} WHERE {column} = {value}")


def exchange_links(at: Register) -> str:
    first, second, _ = (entry.transaction_id for entry in at.entries())
    tamper(
        "history_link",
        "ALTER TABLE history_link DROP CONSTRAINT history_link_transaction_id_key",
        f"UPDATE history_link SET transaction_id = {first} + {second} - transaction_id"
        f" WHERE transaction_id IN ({first}, {second})",
        "ALTER TABLE history_link ADD CONSTRAINT history_link_transaction_id_key UNIQUE (transaction_id)",
    )
    return f"directory_person {at.people[1].pk}: link"


def insert_entry(at: Register) -> str:
    entry = at.entries()[0]
    tamper(
        "history_entry",
        "INSERT INTO history_entry SELECT (jsonb_populate_record(e, '{\"id\": 99999}')).*"
        f" FROM history_entry e WHERE id = {entry.pk}",
    )
    return f"directory_person {at.people[1].pk}: what entry 99999 says is gone"


def disable_and_change(at: Register) -> str:
    tamper("directory_person", f"UPDATE directory_person SET name = 'x' WHERE id = '{at.people[1].pk}'")
    return f"directory_person {at.people[1].pk}: row differs from its history"


def write_as_replica(at: Register) -> str:
    with superuser() as session:
        session.execute("SET session_replication_role = replica")
        session.execute(f"UPDATE directory_person SET name = 'x' WHERE id = '{at.people[1].pk}'")
    return f"directory_person {at.people[1].pk}: entry {at.entries()[-1].pk} was written out of band, as sgoffice_super"


def truncate_payloads(at: Register) -> str:
    tamper("history_payload", "TRUNCATE history_payload")
    return f"directory_person {at.people[1].pk}: what entry {at.entries()[1].pk} says is gone"


def exchange_payloads(at: Register) -> str:
    first, second, _ = (entry.pk for entry in at.entries())
    tamper(
        "history_payload",
        f"UPDATE history_payload SET entry_id = -1 WHERE entry_id = {first}",
        f"UPDATE history_payload SET entry_id = {first} WHERE entry_id = {second}",
        f"UPDATE history_payload SET entry_id = {second} WHERE entry_id = -1",
    )
    return f"directory_person {at.people[1].pk}: entry {first} was altered"


def change_the_clock(at: Register) -> str:
    entry = at.entries()[1]
    tamper("history_entry", f"UPDATE history_entry SET at = at - interval '1 day' WHERE id = {entry.pk}")
    return f"directory_person {at.people[1].pk}: link"


def delete_one_payload(at: Register) -> str:
    entry = at.entries()[0]
    tamper("history_payload", f"DELETE FROM history_payload WHERE entry_id = {entry.pk}")
    return f"directory_person {at.people[1].pk}: what entry {entry.pk} says is gone"


def lower_a_marking(at: Register) -> str:
    tamper("records_entry", f"UPDATE records_entry SET marking = 'internal' WHERE id = '{at.hidden}'")
    return f"engagements_engagement {at.hidden}: its identity row differs from its history: marking"


def open_somebody_hidden(at: Register) -> str:
    who = ParticipantEntry(person=ByName(name="Wladimir Zqxdefector"))
    met = engagements.engagement(marking="restricted", participants=(who,))
    key = met.participants.get().person_id
    assert verify() == ""
    tamper("records_entry", f"UPDATE records_entry SET marking = 'public' WHERE id = '{key}'")
    return f"records_entry {key}: its identity row names other readers"


def lower_a_search_row(at: Register) -> str:
    tamper("records_searchrow", f"UPDATE records_searchrow SET marking = 'internal' WHERE record_id = '{at.hidden}'")
    return f"records_searchrow {at.hidden}: its search row tells of other readers"


def raise_a_role(at: Register) -> str:
    key = staff("viewer").pk
    assert verify() == ""
    tamper("accounts_user", f"UPDATE accounts_user SET role = 'approver' WHERE id = '{key}'")
    return f"accounts_user {key}: row differs from its history"


def rewrite_what_is_published(at: Register) -> str:
    tamper("feed_published", f"UPDATE feed_published SET body = '{{}}' WHERE entry = '{at.public}'")
    return f"feed_published {at.public}: what partners get of this engagement differs"


def grant_to_a_partner(at: Register) -> str:
    tamper("feed_grant", f"INSERT INTO feed_grant (stream, entry) SELECT id, '{at.hidden}' FROM partners_partner")
    return f"feed_grant {at.hidden}: other partners get this engagement"


def drop_a_trigger(at: Register) -> str:
    name = next(trigger for trigger in Person._meta.triggers if trigger.name == "history").get_pgid(Person)
    as_owner(f"DROP TRIGGER {name} ON directory_person")
    return f"table directory_person: its trigger {name} is gone"


def switch_a_trigger_off(at: Register) -> str:
    as_owner("ALTER TABLE trace_item DISABLE TRIGGER trace_item_is_final")
    return "table trace_item: its trigger trace_item_is_final is switched off"


def rewrite_a_function(at: Register) -> str:
    as_owner(
        "CREATE OR REPLACE FUNCTION register_refuse() RETURNS trigger LANGUAGE plpgsql"
        " SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN coalesce(NEW, OLD); END'"
    )
    return "function public.register_refuse(): it is not as this version made it"


def delete_the_newest_transaction_with_its_row(at: Register) -> str:
    for entry in HistoryEntry.objects.filter(record_id=at.public):
        delete(entry)
    for table, column in (
        ("feed_grant", "entry"),
        ("feed_streamrow", "entry"),
        ("feed_published", "entry"),
        ("records_searchrow", "record_id"),
        ("records_document", "record_id"),
        ("engagements_engagement", "id"),
        ("records_entry", "id"),
    ):
        tamper(table, f"DELETE FROM {table} WHERE {column} = '{at.public}'")
    return f"engagements_engagement {at.public}: link"


def compute_the_chain_anew(at: Register) -> str:
    entry = at.entries()[1]
    tamper("history_entry", f"UPDATE history_entry SET actor = 'staff:x' WHERE id = {entry.pk}")
    tamper("history_link", _CHAIN_ANEW)
    return f"directory_person {at.people[1].pk}: link"


def compute_one_link_anew(at: Register) -> str:
    entry = at.entries()[1]
    tamper("history_entry", f"UPDATE history_entry SET actor = 'staff:x' WHERE id = {entry.pk}")
    tamper(
        "history_link",
        "UPDATE history_link l SET hash = register_transaction_hash("
        "(SELECT before.hash FROM history_link before WHERE before.position = l.position - 1), t)"
        f" FROM history_transaction t WHERE t.id = l.transaction_id AND t.id = {entry.transaction_id}",
    )
    return f"directory_person {at.people[2].pk}: link"


_CHAIN_ANEW = """
    DO $$ DECLARE
        link record;
        previous bytea := '';
    BEGIN
        FOR link IN SELECT * FROM history_link ORDER BY position LOOP
            SELECT register_transaction_hash(previous, t) INTO previous FROM history_transaction t
                WHERE t.id = link.transaction_id;
            UPDATE history_link SET hash = previous WHERE position = link.position;
        END LOOP;
    END $$
"""


def test_old_copy_of_the_database_that_is_put_back_is_reported(register: Register, databases: Databases) -> None:
    now = connection.settings_dict["NAME"]
    connections.close_all()
    old = databases.copy(now)
    later = person("Later")
    assert verify() == ""

    databases.point_at(old)
    found = verify()
    databases.point_at(now)
    databases.drop(old)

    assert f"directory_person {later.pk}: link" in found
    assert "was cut off" in found


@pytest.mark.parametrize(
    "tampering",
    [
        compute_one_link_anew,
        compute_the_chain_anew,
        delete_the_newest_transaction_with_its_row,
        edit_payload,
        delete_transaction_from_the_middle,
        exchange_links,
        insert_entry,
        disable_and_change,
        write_as_replica,
        truncate_payloads,
        exchange_payloads,
        change_the_clock,
        delete_one_payload,
        lower_a_marking,
        open_somebody_hidden,
        lower_a_search_row,
        raise_a_role,
        rewrite_what_is_published,
        grant_to_a_partner,
        drop_a_trigger,
        switch_a_trigger_off,
        rewrite_a_function,
    ],
)
def test_tampering_is_reported_with_table_and_row(register: Register, tampering: Callable[[Register], str]) -> None:
    expected = tampering(register)

    assert expected in verify()
