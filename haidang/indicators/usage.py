"""Which screens are opened, as rows of the centre's own ledger (sources of kind `usage`). Never: knows a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from haidang.access import gate
from haidang.catalog.declared import declared
from haidang.intake.own.kinds import Row, Span, home
from haidang.words.errors import Absent

REST = 30
"""Days without an opening after which a board counts as opened by nobody."""

KINDS = {"board": "bảng", "indicator": "chỉ tiêu"}
NOBODY, NO_OFFICE = "không ai", "không thuộc đơn vị"


def rows(span: Span) -> Iterator[Row]:
    """A row per day, screen, office and kind of account; and per day and board whether nobody opens it."""
    found = gate.viewed(span.since - timedelta(days=REST), span.until)
    for one in found:
        if one["day"] >= span.since:
            who = {"don_vi": one["unit"] or NO_OFFICE, "tai_khoan": one["account"]}
            counts = {"luot": one["views"], "nguoi": one["people"], "khong_mo": 0}
            about = {"ngay": one["day"], "loai": KINDS.get(one["kind"], one["kind"]), "muc": one["thing"]}
            about["ten"] = _title(one["kind"], one["thing"])
            yield Row({**about, **who, **counts, "dia_ban": home()})
    if found:
        told = Span(max(span.since, found[0]["day"]), span.until, span.now)
        yield from _left_alone(told, {(one["thing"], one["day"]) for one in found if one["kind"] == "board"})


def _title(kind: str, thing: str) -> str:
    """The Vietnamese title of a board or an indicator; of one no more declared its key."""
    try:
        return (declared().board(thing) if kind == "board" else declared().indicator(thing)).title.vi
    except Absent:
        return thing


def _left_alone(span: Span, opened: set[tuple[str, date]]) -> Iterator[Row]:
    """Only told of days since anything was counted at all: before that nobody can say that nobody looks."""
    boards = [board for pack in declared().packs if not pack.teaching for board in pack.boards]
    for day in span.days():
        for board in boards:
            alone = not any((board.key, day - timedelta(days=n)) in opened for n in range(REST))
            about = {
                "ngay": day,
                "loai": KINDS["board"],
                "muc": board.key,
                "ten": board.title.vi,
                "don_vi": NOBODY,
                "tai_khoan": NOBODY,
            }
            yield Row({**about, "luot": 0, "nguoi": 0, "khong_mo": int(alone), "dia_ban": home()})
