"""The desk's ledger, from two simulated months brought over to the indicators of the board: every number recounted."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from haidang.cases import machine
from haidang.cases.clocks import HERE
from haidang.cases.models import CHANNELS
from haidang.catalog import declared as catalog
from haidang.catalog.declared import declared
from haidang.store import engine, tables
from haidang.words.nouns import Answer, Question

ROOT = Path(__file__).resolve().parents[2]
UNTIL = datetime(2026, 11, 19, 12, tzinfo=HERE)
TODAY = UNTIL.date()


def codes(name: str) -> list[str]:
    with (ROOT / "packs/phan-anh/codes" / f"{name}.csv").open(encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(file)]


def test_the_code_lists_say_what_the_desk_says() -> None:
    desk = declared().desk("phan-anh.phan-anh")
    assert codes("loai") == [one.key for one in desk.categories]
    assert codes("nhom") == [key for key, _ in desk.groups]
    assert codes("kenh") == list(CHANNELS)
    assert codes("trang-thai") == [one for one in machine.STATES if one in codes("trang-thai")]
    assert set(codes("trang-thai")) == set(machine.STATES)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with the desk's past landed by the very way of `haidang demo --fill`, once for all tests of this file."""
    from django.conf import settings
    from django.db import transaction

    home = tmp_path_factory.mktemp("reports") / "home"
    before = settings.HOME, settings.PASSWORD_HASHERS
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("HAIDANG_HOME", str(home))
        patch.setenv("HAIDANG_PACKS", str(ROOT / "packs" / "phan-anh"))
        settings.HOME, settings.PASSWORD_HASHERS = home, ["django.contrib.auth.hashers.MD5PasswordHasher"]
        catalog.forget()
        _bring(home.parent / "history.csv")
        yield home
        transaction.set_rollback(True)
        settings.HOME, settings.PASSWORD_HASHERS = before
    catalog.forget()
    tables.forget()
    engine.forget(home)


@pytest.fixture
def brought(world: Path, db: None) -> Path:
    """A test's own transaction within the world's."""
    return world


def _bring(file: Path) -> None:
    from haidang.access import gate
    from haidang.cases.importing import actions
    from haidang.cli.demo import cast, desk
    from sandbox.desk import history

    history.write(file, 30, UNTIL)
    cast.create("Den-bien-2026!")
    found = actions.bring(gate.operator(), desk.DESK, desk.brought(file))
    assert found.set_aside == ()
    assert found.landed == found.read > 700
    desk.keep_up()


def ask(indicator: str, period: str, by: str = "") -> Answer:
    from haidang.access import gate
    from haidang.indicators.answer import answer

    return answer(Question(f"phan-anh.{indicator}", "20", period, by=by), gate.operator(), today=TODAY)


def cells(answer: Answer) -> dict[str, float]:
    return {cell.key: cell.value for cell in answer.cells if cell.value}


def month_of(at: datetime) -> str:
    return f"{at.astimezone(HERE):%Y-%m}"


def test_every_number_of_the_board_is_the_desks_own_count(brought: Path) -> None:
    from haidang.cases.models import Case

    rows = [one for one in Case.objects.all() if month_of(one.sent_at) == "2026-11"]
    done = [one for one in Case.objects.exclude(resolved_at=None) if month_of(one.resolved_at) == "2026-11"]  # type: ignore[arg-type]  # those without are left out
    assert ask("tiep-nhan-thang", "2026-11").value == len(rows)
    by_channel = {name: sum(one.channel == name for one in rows) for name in CHANNELS}
    assert cells(ask("tiep-nhan-thang", "2026-11", "kenh")) == {name: many for name, many in by_channel.items() if many}
    in_lua = sum(one.unit.startswith("06187") for one in rows)
    places = cells(ask("tiep-nhan-thang", "2026-11", "place"))
    assert {key.partition("@")[0]: many for key, many in places.items()}["06187"] == in_lua
    hours = cells(ask("tiep-nhan-chi-tiet", "2026-11", "gio_gui"))
    assert hours["9"] == sum(one.sent_at.astimezone(HERE).hour == 9 for one in rows)
    assert ask("da-xu-ly", "2026-11").value == len(done)
    in_time = sum(one.resolved_at <= one.due for one in done if one.resolved_at and one.due)
    assert ask("ty-le-dung-han", "2026-11").value == pytest.approx(100 * in_time / len(done))
    rated = [one.rating for one in rows if one.rating]
    assert ask("hai-long", "2026-11").value == pytest.approx(100 * sum(one >= 2 for one in rated) / len(rated))
    hours_taken = sorted((one.resolved_at - one.sent_at).total_seconds() / 3600 for one in done if one.resolved_at)
    half = len(hours_taken) // 2
    median = hours_taken[half] if len(hours_taken) % 2 else (hours_taken[half - 1] + hours_taken[half]) / 2
    assert ask("gio-xu-ly-trung-vi", "2026-11").value == pytest.approx(median, abs=0.02)


def test_open_ones_are_counted_as_each_day_ended(brought: Path) -> None:
    from haidang.cases.models import Case, Step

    day = TODAY - timedelta(days=10)
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), HERE)
    ends = {one.case_id: one.at for one in Step.objects.filter(after__in=("refused", "merged")).order_by("id")}
    stood = 0
    for one in Case.objects.filter(sent_at__lt=end):
        over = one.resolved_at or ends.get(one.pk)
        stood += over is None or over >= end
    assert ask("dang-mo", day.isoformat()).value == stood


def test_nothing_of_a_report_is_landed_but_what_counts_need(brought: Path) -> None:
    """No words, no sender, no code: the columns are few, and what people wrote is in none of them."""
    from haidang.access import gate
    from haidang.cases.models import Case

    table = gate.rows(gate.operator(), "phan-anh.vu-viec").table
    told = repr(gate.fetch(table))
    assert not {"ten", "dien_thoai", "noi_dung", "tieu_de", "ma"} & set(table.columns)
    for case in Case.objects.all()[:200]:
        assert case.code not in told
        assert case.text not in told
        assert case.title not in told
    assert "0900" not in told


def test_only_what_changed_is_landed_again(brought: Path) -> None:
    from haidang.cases.models import Case
    from haidang.cases.own import KIND
    from haidang.intake import actions, reads
    from haidang.intake.own import actions as own

    now = datetime.now(HERE)
    assert own.refresh(now, only=KIND) == ()
    Case.objects.filter(pk=Case.objects.order_by("pk").first().pk).update(category="khac", group="khac", changed=now)  # type: ignore[union-attr]  # there are hundreds
    (run,) = own.refresh(now, only=KIND)
    actions.land(run)
    assert (reads.run(run).read, reads.run(run).simulated) == (1, True)


def test_a_position_is_rounded_and_left_out_where_it_is_restricted(brought: Path) -> None:
    from haidang.access import gate

    rows = gate.fetch(gate.rows(gate.operator(), "phan-anh.vu-viec").table)
    placed = [row for row in rows if row["vi_do"] is not None]
    assert placed
    assert all(round(row["vi_do"], 3) == row["vi_do"] for row in placed)
    assert not [row for row in placed if row["loai"] == "an-ninh"]
    assert date.today() >= max(row["ngay_gui"] for row in rows).date()
