"""Rows of the morning sheet: for whoever works at no desk it is absent."""

from __future__ import annotations

from house.cast import CAST

WORKING = ("lanh-dao", "xa-dong-dang", "truc-1022", "don-vi-xu-ly")
READ = {name: 200 if name in WORKING else 404 for name in CAST}
ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "cases/today": [
        ("/cases/today", READ),
        ("/cases/today?day=2026-11-20", READ),
        ("/cases/today?desk=khong.co", dict.fromkeys(CAST, 404)),
    ],
}
ELSEWHERE: dict[str, str] = {}
