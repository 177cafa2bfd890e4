"""Whatever writes a register table leaves history; the application can neither write nor silence it."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from appointments.services import PostEntry, TermRuleEntry, set_up_post, set_up_term_rule
from sgoffice import history
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import HistoryEntry, HistoryLink, HistoryTransaction, Link
from tests.factories.directory import organization, person
from tests.sgoffice.records.asking import ask, faults, superuser

pytestmark = pytest.mark.usefixtures("fresh_database")


def verbs(record_id):
    return list(HistoryEntry.objects.filter(record_id=record_id).order_by("pk").values_list("verb", flat=True))


def test_raw_sql_copy_bulk_writes_and_queryset_writes_are_recorded_as_out_of_band(unguarded):
    known, un = person("Known"), organization("United Nations")
    columns = (
        "id, name, other_names, merged_names, search, sort, family_name, given_name, sort_name, honorific_prefix, "
        "identifiers, contact_details, is_in_error, origin, sources, caveats, notes, conflicts"
    )

    ask("UPDATE directory_person SET name = 'raw' WHERE id = %s", known.pk)
    Person.objects.filter(pk=known.pk).update(name="updated")
    Person.objects.bulk_create([Person(name=f"bulk {number}") for number in range(3)])
    Link.objects.bulk_create([Link(source_id=known.pk, relation="x", target_id=un.pk)])
    Link.objects.all().delete()
    with connection.cursor() as cursor, cursor.copy(f"COPY directory_person ({columns}) FROM STDIN") as copy:
        for number in range(50):
            row = [f"01900000-0000-7000-8000-{number:012}", f"copied {number}", "[]", "[]", *[""] * 6]
            copy.write_row([*row, "[]", "[]", "f", "", "[]", "[]", "[]", "[]"])

    assert verbs(known.pk) == ["register_person", *["out_of_band"] * 4]
    unattributed = HistoryEntry.objects.filter(verb="out_of_band")
    assert unattributed.count() == 4 + 3 + 50
    assert set(unattributed.values_list("actor", flat=True)) == {""}
    assert set(HistoryTransaction.objects.values_list("database_role", flat=True)) == {connection_role()}
    assert faults() == []


def connection_role():
    return ask("SELECT session_user")[0][0]


def test_revisions_count_changes_of_the_named_fields_by_whatever_means():
    known, other = person("Known"), person("Other")
    ask("UPDATE directory_person SET name = 'one', family_name = 'x' WHERE id = %s", known.pk)
    ask("UPDATE directory_person SET name = 'two' WHERE id = %s", known.pk)
    ask("UPDATE directory_person SET given_name = 'y' WHERE id = %s", known.pk)

    found = history.revisions(Person, [known.pk, other.pk], ["name", "sort_name"])

    assert {pk: revision.count for pk, revision in found.items()} == {known.pk: 2, other.pk: 0}
    assert found[known.pk].changed_at < found[known.pk].written_at
    assert found[other.pk].changed_at == found[other.pk].written_at
    assert history.revisions(Person, [], ["name"]) == {}


def test_chain_numbers_every_transaction_in_order_without_a_hole():
    for number in range(5):
        person(f"Person {number}")

    links = list(HistoryLink.objects.order_by("position").values_list("position", "transaction_id"))

    assert [position for position, _ in links] == list(range(1, len(links) + 1))
    assert len(links) == HistoryTransaction.objects.count() == 5
    assert history.head() == (5, bytes(HistoryLink.objects.get(position=5).hash).hex())


def test_transaction_that_is_rolled_back_or_writes_nothing_has_no_link():
    known = person("Known")

    with transaction.atomic():
        ask("UPDATE directory_person SET name = 'never' WHERE id = %s", known.pk)
        transaction.set_rollback(True)
    with transaction.atomic():
        ask("UPDATE directory_person SET name = name, sort = 'a search key is derived'")

    assert HistoryLink.objects.count() == HistoryTransaction.objects.count() == 1


def test_constraints_closed_early_leave_no_false_fault():
    known = person("Known")

    with transaction.atomic():
        ask("UPDATE directory_person SET name = 'one' WHERE id = %s", known.pk)
        ask("SET CONSTRAINTS ALL IMMEDIATE")
        ask("UPDATE directory_person SET name = 'two' WHERE id = %s", known.pk)
        ask("SET CONSTRAINTS ALL DEFERRED")
        ask("UPDATE directory_person SET name = 'three' WHERE id = %s", known.pk)

    assert faults() == []
    assert verbs(known.pk) == ["register_person", *["out_of_band"] * 3]


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_any_isolation_but_read_committed_is_refused_at_commit(level):
    def work():
        with transaction.atomic():
            ask(f"SET TRANSACTION ISOLATION LEVEL {level}")
            person("Nobody")

    with pytest.raises(DatabaseError, match="READ COMMITTED only"):
        work()

    assert not Person.objects.exists()
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET actor = 'x'",
        "DELETE FROM history_entry",
        "TRUNCATE history_payload",
        "UPDATE history_payload SET new = '{}'",
        "DELETE FROM history_link",
        "UPDATE history_transaction SET database_role = 'x'",
    ],
)
def test_history_is_final_even_for_the_owner(statement):
    person("Known")

    with pytest.raises(DatabaseError, match="the register keeps what was written"):
        ask(statement, using="owner")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO history_link VALUES (9, 'x', 9)",
        "INSERT INTO history_entry (table_name) VALUES ('x')",
        "UPDATE history_entry SET actor = 'x'",
        "DELETE FROM history_payload",
        "TRUNCATE history_transaction",
        "UPDATE records_entry SET version = 1",
        "SELECT register_touch_entry(gen_random_uuid(), 'person', '{\"is_in_error\": false}', false)",
        "SELECT register_transaction()",
        "SELECT setval('history_entry_id_seq', 1)",
        "ALTER TABLE directory_person DISABLE TRIGGER ALL",
        "DROP TRIGGER history_link_is_final ON history_link",
        "TRUNCATE directory_person",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE mine (id uuid)",
        "SET session_replication_role = replica",
        "CREATE TRIGGER mine AFTER INSERT ON records_document EXECUTE FUNCTION register_write_history()",
    ],
)
def test_application_cannot_write_or_silence_history(statement):
    person("Known")

    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        ask(statement)


def test_application_cannot_forge_history_with_a_trigger_on_a_temporary_table():
    ask(
        "DO $$ BEGIN EXECUTE 'GRANT TEMPORARY ON DATABASE ' || current_database() || ' TO PUBLIC'; END $$",
        using="owner",
    )

    ask("CREATE TEMPORARY TABLE directory_person (id uuid, is_in_error boolean)")

    with pytest.raises(ProgrammingError, match="permission denied for function register_write_history"):
        ask(
            "CREATE TRIGGER forger AFTER INSERT ON directory_person FOR EACH ROW "
            "EXECUTE FUNCTION register_write_history('id', 'person', '{}')"
        )


def test_replica_role_silences_nothing():
    known = person("Known")

    with superuser() as session:
        session.execute("SET session_replication_role = replica")
        session.execute("UPDATE directory_person SET name = 'quiet' WHERE id = %s", [known.pk])

    assert verbs(known.pk) == ["register_person", "out_of_band"]


def test_pgtrigger_ignore_silences_nothing():
    known = person("Known")

    with transaction.atomic():
        names = ",".join(name for (name,) in ask("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%'"))
        ask("SELECT set_config('pgtrigger.ignore', %s, true)", f"{{{names}}}")
        ask("UPDATE directory_person SET name = 'ignored' WHERE id = %s", known.pk)

    assert verbs(known.pk) == ["register_person", "out_of_band"]
    assert faults() == []


def test_a_part_never_moves_to_another_record_nor_a_row_to_another_id():
    first, second = person("First"), person("Second")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_link (id, position, relation, source_id, target_id, places)"
            " VALUES (gen_random_uuid(), 0, 'x', %s, %s, '[]')",
            [first.pk, second.pk],
        )

    with pytest.raises(DatabaseError, match="never moves to another record"):
        ask("UPDATE records_link SET source_id = target_id, target_id = source_id")
    with pytest.raises(DatabaseError, match="never moves to another record"):
        ask("UPDATE directory_person SET id = gen_random_uuid() WHERE id = %s", first.pk)


def test_records_of_two_kinds_never_share_an_id():
    known = person("Known")

    with pytest.raises(DatabaseError, match="belongs to a record of another kind"):
        ask(
            "INSERT INTO directory_topic (id, name, other_names, merged_names, search, sort, kind, is_in_error, origin,"
            " sources, caveats, notes, conflicts)"
            " VALUES (%s, 'X', '[]', '[]', '', '', 'crime_area', false, '', '[]', '[]', '[]', '[]')",
            known.pk,
        )


def test_another_way_of_writing_values_gives_the_same_history():
    post = set_up_post(
        PostEntry(slug="sg", label="Secretary General", organization=organization("INTERPOL").pk), by=OFFICE
    )
    entry = TermRuleEntry(post=post.pk, legal_basis="Article 28", first_day=date(2017, 9, 29), until=date(2040, 1, 1))
    rule = set_up_term_rule(entry, by=OFFICE)

    with transaction.atomic():  # ranges are written as the session writes dates
        ask("SET LOCAL timezone = 'Asia/Tokyo'")
        ask("SET LOCAL datestyle = 'German'")
        ask("SET LOCAL intervalstyle = 'iso_8601'")
        ask("SET LOCAL bytea_output = 'escape'")
        ask("SET LOCAL extra_float_digits = -5")
        before = faults()
        ask("UPDATE appointments_termrule SET valid = daterange('2017-09-29', '2045-01-01') WHERE id = %s", rule.pk)
    written = HistoryEntry.objects.select_related("payload").latest("pk").payload

    assert before == faults() == []
    assert (written.old["valid"], written.new["valid"]) == ("[2017-09-29,2040-01-01)", "[2017-09-29,2045-01-01)")


def test_history_of_a_record_reads_newest_first_in_pages():
    known = person("Nought")
    for number in range(1, 6):
        ask("UPDATE directory_person SET name = %s WHERE id = %s", str(number), known.pk)

    first = history.of_record(known.pk, by=OFFICE, limit=3)
    second = history.of_record(known.pk, by=OFFICE, limit=3, before=first[-1].id)

    assert [item.changes["name"] for item in first + second] == [
        ["4", "5"], ["3", "4"], ["2", "3"], ["1", "2"], ["Nought", "1"], [None, "Nought"],
    ]  # fmt: skip
