"""What the register is asked at each scrape: database, clock, queues, partners, history and disk.

A scrape waits for the database for a moment only, and tells then that it did not answer: `sgoffice_database_up` is 0.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from django.db import DatabaseError, connection, connections
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from sgoffice import __version__, history
from sgoffice.changes import clock, today
from sgoffice.database import room
from sgoffice.database.errors import ServerError
from sgoffice.history import checkpoints
from sgoffice.history.signing import UnusableKey
from sgoffice.partners.services import feed_lags
from sgoffice.records.models import ClockPass, Verification
from sgoffice.running.background import queue_lengths

_log = logging.getLogger(__name__)
Gauges = Iterator[GaugeMetricFamily]
#: Seconds for which a scrape waits for the database.
PATIENCE = 3.0
#: Wait events of other roles are hidden from the application; who waits for a lock is not.
_DATABASE = """
    SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
        current_setting('max_connections')::int, pg_database_size(current_database()),
        count(DISTINCT pid), coalesce(extract(epoch FROM clock_timestamp() - min(waitstart)), 0)
    FROM pg_locks WHERE NOT granted
"""


class RegisterCollector(Collector):
    """Asks in a thread of its own: a database that hangs delays no scrape, and is asked once."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._executor = ThreadPoolExecutor(1, "register metrics")
        self._asked: Future[list[GaugeMetricFamily]] | None = None

    def collect(self) -> Gauges:
        """Yield what the register says, or that its database does not answer."""
        asked = self._asked or self._executor.submit(_ask)
        try:
            found = asked.result(self._patience)
        except TimeoutError:
            found = []
        finally:
            self._asked = None if asked.done() else asked
        yield _gauge("sgoffice_database_up", "1: the database answers.", bool(found))
        yield _gauge("sgoffice_build_info", "The version.", {__version__: 1}, "version")
        yield from found
        left = room.bytes_left()
        if left is not None:
            yield _gauge("sgoffice_disk_free_bytes", "Room on the disk of the database.", left)


def _ask() -> list[GaugeMetricFamily]:
    try:
        return [gauge for look in _LOOKS for gauge in look()]
    except (DatabaseError, ServerError) as error:
        _log.warning("the database cannot be asked for metrics: %s", error)
        return []
    finally:
        connections.close_all()


def _database() -> Gauges:
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE)
        connected, most, size, waiting, longest = cursor.fetchone()
    yield _gauge("sgoffice_database_connections", "Connections to this database.", connected)
    yield _gauge("sgoffice_database_connections_most", "Connections that the server allows.", most)
    yield _gauge("sgoffice_database_bytes", "Size of the database.", size)
    yield _gauge("sgoffice_database_lock_waiters", "Connections that wait for a lock.", waiting)
    yield _gauge("sgoffice_database_lock_wait_seconds", "How long the first of them has waited.", float(longest))


def _clock() -> Gauges:
    states = clock.pass_states(today.now())
    ran = dict(ClockPass.objects.values_list("name", "last_ran_at"))
    on_time = {name: float(state == "on_time") for name, state in states.items()}
    yield _gauge("sgoffice_clock_on_time", "0: late, failing, or stopped until a day is believed.", on_time, "pass")
    ends = {name: _stamp(ran.get(name)) for name in states}
    yield _gauge("sgoffice_clock_last_run_timestamp_seconds", "When a pass last finished; 0: never.", ends, "pass")


def _queues() -> Gauges:
    yield _gauge("sgoffice_queue_length", "What waits for a worker.", queue_lengths(), "queue")


def _partners() -> Gauges:
    lags = feed_lags()
    behind = {lag.partner: lag.behind for lag in lags}
    pulled = {lag.partner: _stamp(lag.pulled_at) for lag in lags}
    yield _gauge("sgoffice_partner_records_behind", "Records that a partner has still to pull.", behind, "partner")
    yield _gauge("sgoffice_partner_last_pull_timestamp_seconds", "When it last pulled; 0: never.", pulled, "partner")


def _history() -> Gauges:
    yield _gauge("sgoffice_history_position", "Transactions in the chain of the history.", history.head()[0])
    newest = Verification.objects.first()
    if newest:
        yield _gauge("sgoffice_verification_faults", "Faults that verification found last.", newest.fault_count)
        yield _gauge("sgoffice_verification_timestamp_seconds", "When it last verified.", _stamp(newest.at))


def _checkpoints() -> Gauges:
    try:
        newest = checkpoints.newest()
    except (checkpoints.Unsound, UnusableKey, OSError):
        yield _gauge("sgoffice_checkpoints_sound", "0: the newest one is not as it was signed, or cannot be read.", 0)
        return
    yield _gauge("sgoffice_checkpoints_sound", "0: the newest one is not as it was signed, or cannot be read.", 1)
    if newest:
        yield _gauge("sgoffice_checkpoint_number", "The number of the newest checkpoint.", newest.number)
        yield _gauge("sgoffice_checkpoint_position", "How far the chain had come by then.", newest.position)
        yield _gauge("sgoffice_checkpoint_timestamp_seconds", "When it was signed.", _stamp(newest.at))


def _stamp(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _gauge(
    name: str, about: str, value: float | dict[str, float] | dict[str, int], label: str = ""
) -> GaugeMetricFamily:
    """Return a figure, or with a label one for each of its values."""
    if not isinstance(value, dict):
        return GaugeMetricFamily(name, about, value=float(value))
    family = GaugeMetricFamily(name, about, labels=[label])
    for key, figure in value.items():
        family.add_metric([key], float(figure))
    return family


_LOOKS: tuple[Callable[[], Gauges], ...] = (_database, _clock, _queues, _partners, _history, _checkpoints)
