"""Cases as rows of the centre's own ledger (sources of kind `cases`): what boards are made of. Never: a word of one.

No sender, no code, no text, no title, no address: what has landed is kept for ever, and counts need none of it. A
position is rounded to about 100 m, and left out where the category is not of the ordinary level.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from haidang.access.people.offices import reads as offices
from haidang.cases import machine
from haidang.cases.clocks import HERE
from haidang.cases.models import Case, Step
from haidang.intake.own.kinds import Row, Span, home, midnight
from haidang.words.nouns import Level

KIND = "cases"
NOBODY = "Chưa chuyển đơn vị"
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_READ = (
    "number", "pack", "state", "channel", "category", "group", "office", "unit", "level", "lat", "lon", "urgent",
    "kind", "sent_at", "assigned_at", "route_due", "due", "national_due", "resolved_at", "published_at", "changed",
    "extended", "reopened", "sent_back", "rating", "simulated", "into_id",
)  # fmt: skip


def rows(span: Span) -> Iterator[Row]:
    """A row for every Case of the source's pack that changed or came on these days; the first time for every one.

    Times are Việt Nam time without a zone; hours and minutes are elapsed, not working time.
    """
    found = _changed(span)
    ended = _ended(found)
    titles = {one.key: one.name.vi for one in offices.offices()}
    place = home()
    for case in found.values(*_READ).iterator(chunk_size=5000):
        title = titles.get(case["office"], case["office"]) or NOBODY
        yield Row({**_what(case), "don_vi": title, "goc": place, **_when(case, ended)}, case["simulated"])


def _changed(span: Span) -> QuerySet[Case]:
    cases = Case.objects.filter(pack=span.pack).order_by("number")
    first = midnight(span.since)
    return cases if span.whole else cases.filter(Q(changed__gte=first) | Q(created__gte=first))


def _ended(cases: QuerySet[Case]) -> dict[int, datetime]:
    """When those that were refused or merged ended: a later note does not move it."""
    ends = (machine.REFUSED, machine.MERGED)
    steps = Step.objects.filter(case__in=cases.filter(state__in=ends), after__in=ends).exclude(before__in=ends)
    return dict(steps.order_by().values_list("case").annotate(at=Max("at")))


def _what(case: dict[str, Any]) -> dict[str, object]:
    """What it is about and how far it is, by column."""
    ordinary = case["level"] <= Level.INTERNAL.value
    lat, lon = (None if at is None or not ordinary else round(at, 3) for at in (case["lat"], case["lon"]))
    return {
        "so": case["number"],
        "loai_viec": case["kind"],
        "trang_thai": case["state"],
        "kenh": case["channel"],
        "loai": case["category"],
        "nhom": case["group"],
        "ma_don_vi": case["office"],
        "noi": case["unit"].partition("@")[0] or home(),
        "khan": _yes(case["urgent"]),
        "dang_mo": _yes(case["state"] in machine.OPEN),
        "vi_do": lat,
        "kinh_do": lon,
        "o_luoi": "" if lat is None or lon is None else f"{lat:.2f},{lon:.2f}",
        "danh_gia": case["rating"],
        "gia_han": case["extended"],
        "mo_lai": case["reopened"],
        "tra_lai": case["sent_back"],
        "gop_vao": case["into_id"],
    }


def _when(case: dict[str, Any], ended: dict[int, datetime]) -> dict[str, object]:
    """Its clocks, by column. `han`: of routing while nobody handles it, as lists of late ones count."""
    sent, done = case["sent_at"].astimezone(HERE), case["resolved_at"]
    end = done or (None if case["state"] in machine.OPEN else ended.get(case["number"], case["changed"]))
    routing = case["state"] in (machine.NEW, machine.RECEIVED)
    due = case["route_due"] if routing else case["due"]
    assigned = case["assigned_at"]
    return {
        "ngay_gui": _moment(sent),
        "gio_gui": sent.hour,
        "thu_gio": f"{WEEKDAYS[sent.weekday()]}|{sent.hour:02d}",
        "ngay_chuyen": _moment(assigned),
        "han": _moment(None if case["state"] in machine.PAUSED else due),
        "ket_thuc": _moment(end),
        "ngay_cong_khai": _moment(case["published_at"]),
        "phut_chuyen": None if assigned is None else round(max(assigned - sent, timedelta()).total_seconds() / 60, 1),
        "gio_xu_ly": None if done is None else round(max(done - sent, timedelta()).total_seconds() / 3600, 2),
        "dung_han": None if done is None or case["due"] is None else _yes(done <= case["due"]),
        "dung_quoc_gia": None if done is None or case["national_due"] is None else _yes(done <= case["national_due"]),
    }


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(HERE):%Y-%m-%d %H:%M:%S}"
