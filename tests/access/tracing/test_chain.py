"""The chain: no gap whoever writes at once, and whatever is falsified is found and named."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from access.tracing import tampering
from django.db import DatabaseError, connection, transaction

from haidang.access import trace
from haidang.access.models import Trace, TraceHead
from haidang.access.tracing import actions, anchors, guards, reads
from haidang.words.errors import Denied
from haidang.words.nouns import Actor, Level, Subject

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_home")]


def written(count: int = 9) -> None:
    for number in range(1, count + 1):
        trace.note(f"nguoi-{number}", "read", f"goi/bo-{number} (internal)")


def test_rows_follow_one_another() -> None:
    written()
    assert reads.verify() == reads.Verified(9, 1, 9, None)
    assert list(Trace.objects.order_by("pk").values_list("number", flat=True)) == list(range(1, 10))
    assert TraceHead.objects.get().number == 9


@pytest.mark.parametrize(
    ("falsify", "broken"),
    [
        (lambda: tampering.change(4), (4, "changed")),
        (lambda: tampering.delete(4), (4, "missing")),
        (lambda: tampering.insert(4), (4, "inserted")),
        (lambda: tampering.swap(4, 5), (4, "reordered")),
        (lambda: tampering.swap(3, 8), (3, "reordered")),
        (lambda: tampering.swap(8, 9), (8, "reordered")),
        (lambda: tampering.cut(7), (7, "truncated")),
        (lambda: tampering.cut_and_set_back(7), (6, "head")),
        (lambda: tampering.delete(1), (1, "missing")),
    ],
    ids=["changed", "deleted", "inserted", "swapped", "swapped-far", "swapped-last", "cut", "set-back", "first"],
)
def test_what_is_falsified_is_named(falsify: Callable[[], None], broken: tuple[int, str]) -> None:
    written()
    falsify()
    assert reads.verify().broken == broken


@pytest.mark.parametrize(
    "name", ["at", "who", "real", "subject", "outcome", "purpose", "address", "privilege", "times"]
)
def test_every_field_is_sealed(name: str) -> None:
    written()
    value = {"at": "'2020-01-01 00:00:00'", "privilege": "7", "times": "7"}.get(name, "'x'")
    tampering.without_guards(f"UPDATE access_trace SET {name} = {value} WHERE number = 6")
    assert reads.verify().broken == (6, "changed")


def test_another_key_is_told_before_and_after_it_wrote(settings: Any) -> None:
    written()
    settings.TRACE_KEY = "another"
    assert reads.verify().broken == (1, "key")
    written(2)
    assert reads.verify().broken == (1, "key")


def test_a_head_set_back_stays_known_after_more_was_written() -> None:
    written()
    tampering.cut_and_set_back(7)
    written(3)
    assert reads.verify().broken == (7, "noted")


def test_a_head_that_is_gone_stays_known() -> None:
    written()
    tampering.without_guards("DELETE FROM access_tracehead")
    assert reads.verify().broken == (9, "head")
    written(1)
    assert reads.verify().broken == (10, "noted")


def test_a_chain_rewritten_with_the_key_is_found_by_the_anchor() -> None:
    written()
    head = TraceHead.objects.get()
    anchors.write(anchors.Anchor("2026-11-22T00:00:00+07:00", head.number, head.digest))
    assert reads.verify().broken is None
    tampering.without_guards("DELETE FROM access_trace", "DELETE FROM access_tracehead")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trace, "plain", lambda row: "x")
        written()
    assert reads.verify().broken == (9, "rewritten")
    tampering.without_guards("DELETE FROM access_trace", "DELETE FROM access_tracehead")
    written(3)
    assert reads.verify().broken == (9, "truncated")
    assert anchors.file().stat().st_mode & 0o777 == 0o600


def test_a_row_nobody_with_the_key_wrote_gets_no_number() -> None:
    written(3)
    tampering.sql(f"INSERT INTO access_trace ({tampering.COPIED}) SELECT {tampering.COPIED} FROM access_trace LIMIT 1")
    written(1)
    strange = Trace.objects.get(number=None)
    assert reads.verify().broken == (strange.pk, "unsealed")


def test_the_database_refuses_too() -> None:
    written(3)
    assert guards.missing(connection) == ()
    for statement in (
        "UPDATE access_trace SET who = 'x' WHERE number = 2",
        "UPDATE access_trace SET number = NULL WHERE number = 2",
        "DELETE FROM access_trace WHERE number = 2",
        "DELETE FROM access_trace",
        "DELETE FROM access_tracehead",
        "UPDATE access_tracehead SET number = 1",
        "UPDATE access_tracehead SET kept_from = 0",
    ):
        with pytest.raises(DatabaseError, match="only ever added to"):
            tampering.sql(statement)
    assert reads.verify() == reads.Verified(3, 1, 3, None)


def test_guards_that_are_gone_are_told() -> None:
    tampering.sql(f"DROP TRIGGER {guards.NAMES[0]}")
    assert guards.missing(connection) == (guards.NAMES[0],)


def test_an_act_taken_back_leaves_no_row_and_no_gap() -> None:
    written(2)
    with suppress(RuntimeError), transaction.atomic():
        trace.note("a", "grant", "x")
        raise RuntimeError
    with transaction.atomic():
        trace.note("b", "grant", "y")
        with suppress(RuntimeError), transaction.atomic():
            trace.note("c", "grant", "z")
            raise RuntimeError
        assert Trace.objects.get(who="b").number is None
    assert [row.who for row in Trace.objects.order_by("number")][2:] == ["b"]
    assert reads.verify() == reads.Verified(3, 1, 3, None)


def test_a_refusal_survives_the_request_that_is_taken_back() -> None:
    with suppress(Denied), trace.context(address="10.0.0.9", door="web", gather=True), transaction.atomic():
        trace.note("a", "grant", "x")
        trace.note("a", "grant", "y", outcome="denied")
        trace.look(Actor("a"), "manage", Subject("goi", level=Level.INTERNAL), outcome="denied")
        raise Denied("no-grant")
    rows = list(Trace.objects.order_by("number").values_list("action", "outcome", "address", "door"))
    assert rows == [("grant", "denied", "10.0.0.9", "web"), ("manage", "denied", "10.0.0.9", "web")]


def test_what_was_left_without_a_number_is_numbered_by_the_next() -> None:
    with transaction.atomic():
        trace.note("a", "grant", "x")
        connection.run_on_commit.clear()  # the process died between the two
    assert Trace.objects.get().number is None
    assert reads.verify().broken is None
    trace.note("b", "read", "y")
    assert list(Trace.objects.order_by("number").values_list("who", flat=True)) == ["a", "b"]


def test_rows_nobody_wrote_hold_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "NUMBERED_AT_ONCE", 3)
    written(1)
    for _ in range(5):
        tampering.sql(
            f"INSERT INTO access_trace ({tampering.COPIED}) SELECT {tampering.COPIED} FROM access_trace WHERE number = 1"
        )
    with transaction.atomic():
        for number in range(7):
            trace.note("a", "grant", str(number))
    written(2)
    assert Trace.objects.filter(number=None).count() == 5
    assert Trace.objects.exclude(number=None).count() == 10
