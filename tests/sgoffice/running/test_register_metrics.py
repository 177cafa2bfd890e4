"""What the register is asked at each scrape: its own figures, and no wait for a database that hangs."""

import inspect
import re
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from sgoffice.changes import checkpointing, clock, integrity
from sgoffice.database import replicas
from sgoffice.records.models import ClockPass
from sgoffice.running import register_metrics, request_metrics
from sgoffice.running.register_metrics import RegisterCollector
from tests.factories import partners as make
from tests.factories.agreements import agreement

_DOCS = Path(__file__).resolve().parents[3] / "docs"


def figures():
    """Ask in this thread, which has the transaction of the test."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for look in register_metrics._LOOKS
        for family in look()
        for sample in family.samples
    }


@pytest.mark.django_db
def test_figures_are_those_of_the_register(settle, tmp_path, settings):
    settings.CHECKPOINTS, settings.CHECKPOINT_KEY = str(tmp_path / "checkpoints"), str(tmp_path / "key.pem")
    ahead, behind = make.partner(), make.partner()
    make.partner(is_active=False)
    make.endpoint(ahead)
    agreement(marking="public")
    agreement(marking="public")
    settle()
    puller = make.Puller(ahead)
    puller.pull()
    puller.pull()  # by asking for what follows a partner says that it has what came before
    clock.run_passes(timezone.now())
    checkpointing.work_once(list)
    integrity.verify()

    found = figures()

    assert found["sgoffice_partner_records_behind", ahead.slug] == 0
    assert found["sgoffice_partner_records_behind", behind.slug] == 2
    assert len([key for key in found if key[0] == "sgoffice_partner_records_behind"]) == 2
    assert found["sgoffice_partner_last_pull_timestamp_seconds", behind.slug] == 0
    assert abs(found["sgoffice_partner_last_pull_timestamp_seconds", ahead.slug] - time.time()) < 60
    assert {value for key, value in found.items() if key[0] == "sgoffice_clock_on_time"} == {1}
    assert {key[1] for key in found if key[0] == "sgoffice_queue_length"} == {"imports", "pings", "reminders"}
    assert found["sgoffice_history_position",] > 0
    assert found["sgoffice_checkpoint_number",] == 1
    assert found["sgoffice_checkpoints_sound",] == 1
    assert found["sgoffice_verification_faults",] == 0
    assert 0 < found["sgoffice_database_connections",] <= found["sgoffice_database_connections_most",]
    assert found["sgoffice_database_lock_waiters",] == 0

    ClockPass.objects.update(last_ran_at=timezone.now() - timedelta(days=2))
    (tmp_path / "checkpoints" / "00000001.json").write_text("{}")
    later = figures()

    assert {value for key, value in later.items() if key[0] == "sgoffice_clock_on_time"} == {0}
    assert later["sgoffice_checkpoints_sound",] == 0


def test_a_database_that_hangs_delays_no_scrape_and_is_asked_once(monkeypatch):
    asked, answer = [], threading.Event()

    def ask():
        asked.append(1)
        answer.wait(10)
        return [register_metrics._gauge("sgoffice_history_position", "", 7)]

    monkeypatch.setattr(register_metrics, "_ask", ask)
    collector = RegisterCollector(patience=0.1)

    def figures_now():
        return {family.name: family.samples[0].value for family in collector.collect()}

    begun = time.monotonic()
    assert [figures_now()["sgoffice_database_up"] for _ in range(3)] == [0, 0, 0]
    assert time.monotonic() - begun < 2
    assert len(asked) == 1

    answer.set()
    assert figures_now()["sgoffice_history_position"] == 7
    assert figures_now()["sgoffice_database_up"] == 1


def test_page_and_alerts_name_the_metrics_that_there_are():
    sources = "".join(map(inspect.getsource, (request_metrics, register_metrics, replicas)))
    counters = set(re.findall(r'Counter\(\s*"(sgoffice_\w+)"', sources))
    made = {f"{name}_total" if name in counters else name for name in re.findall(r'"(sgoffice_\w+)"', sources)}
    told = set(re.findall(r"`(sgoffice_\w+)`", (_DOCS / "operations.md").read_text()))
    rules = yaml.safe_load((_DOCS / "deploy/alerts.yml").read_text())["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"sgoffice_\w+", rule["expr"])}

    assert told == made
    assert asked - {"sgoffice_request_seconds_bucket"} <= made
    assert yaml.safe_load((_DOCS / "deploy/prometheus.yml").read_text())["rule_files"] == ["alerts.yml"]
