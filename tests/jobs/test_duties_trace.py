"""The duties of the trace: the anchor of the day, what is put away, and who is told when something is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from haidang.access import trace
from haidang.access.models import Account, GrantRow, Office, Trace
from haidang.access.tracing import anchors, archive, guards, reads
from haidang.jobs.duties import trace_retention
from haidang.watch.models import Notice

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _centre(settings: Any, tmp_path: Path) -> None:
    """An administrator, an auditor through an office, somebody else; nothing is full."""
    settings.HOME, settings.FULL_PERCENT, settings.SYSLOG = tmp_path, 0, ""
    trace.forget_looks()
    audit = Office.objects.create(key="thanh-tra", name_vi="Thanh tra")
    inner = Office.objects.create(key="phong-1", name_vi="Phòng 1", above=audit)
    people = {name: Account.objects.create(name=name) for name in ("quan-tri", "thanh-tra", "can-bo")}
    Account.objects.filter(name="thanh-tra").update(office=inner)
    GrantRow.objects.create(account=people["quan-tri"], action="manage")
    GrantRow.objects.create(office=audit, action="audit")
    GrantRow.objects.create(account=people["can-bo"], action="read")
    trace.note("can-bo", "read", "x")


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("actor", "code"))


def test_a_quiet_day_leaves_an_anchor_and_tells_nobody() -> None:
    trace_retention.run(NOW)
    trace_retention.run(NOW + timedelta(minutes=1))
    (anchor,) = anchors.anchors()
    row = Trace.objects.get(action="trace-anchor")
    assert row.subject == f"{anchor.number} {anchor.digest}"
    assert (row.who, row.door) == ("collector", "jobs")
    assert told() == []


def test_keepers_are_told_once_a_day_when_room_runs_out(settings: Any) -> None:
    settings.FULL_PERCENT = 1
    assert reads.keepers() == ("quan-tri", "thanh-tra")
    trace_retention.run(NOW)
    trace_retention.run(NOW + timedelta(minutes=1))
    assert told() == [("quan-tri", "trace-full"), ("thanh-tra", "trace-full")]
    trace_retention.run(NOW + timedelta(days=1))
    assert len(told()) == 4


def test_keepers_are_told_when_the_trace_is_broken() -> None:
    with connection.cursor() as cursor:
        for statement in (*guards.removal(connection.vendor), "UPDATE access_trace SET who = 'ai-do' WHERE number = 1"):
            cursor.execute(statement)
    guards.install(connection)
    trace_retention.run(NOW)
    assert told() == [("quan-tri", "trace-broken"), ("thanh-tra", "trace-broken")]
    assert "dòng số 1" in Notice.objects.all()[0].facts["said"]


def test_keepers_are_told_when_the_siem_is_away_for_long(settings: Any) -> None:
    settings.SYSLOG = "tcp://127.0.0.1:9"
    trace_retention.run(NOW)
    assert told() == []
    trace_retention.run(NOW + timedelta(hours=2))
    assert told() == [("quan-tri", "trace-unsent"), ("thanh-tra", "trace-unsent")]


def test_the_rule_says_how_long(settings: Any) -> None:
    from haidang.access.identity import reads as identity

    months = identity.rules().trace_months
    assert months == 12
    trace_retention.run(NOW + timedelta(days=31 * (months - 1)))
    assert archive.files() == ()
    trace_retention.run(NOW + timedelta(days=31 * (months + 2)))
    assert len(archive.files()) == 1
    assert archive.prove(archive.files()[0])[1] is None
    assert Trace.objects.filter(action="trace-keep").exists()
    assert reads.verify().broken is None
