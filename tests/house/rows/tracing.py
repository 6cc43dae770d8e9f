"""Doors of the trace: whoever may `audit`, and nobody else."""

from __future__ import annotations

_OTHERS = ("lanh-dao", "so-giao-duc", "xa-dong-dang", "truc-1022", "don-vi-xu-ly", "cong-dan", "peer-68", "cong-chung")
NOBODY = dict.fromkeys((*_OTHERS, "quan-tri"), 404)
AUDITORS = {**NOBODY, "quan-tri": 200}

ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "trace/": [
        ("/trace/", AUDITORS),
        ("/trace/?who=lanh-dao&personal=1&q=dang+nhap", AUDITORS),
        ("/trace/?from=khong-phai-ngay", {**NOBODY, "quan-tri": 400}),
    ],
    "trace.<slug:kind>": [
        *((f"/trace.{kind}?action=sign-in", AUDITORS) for kind in ("csv", "xlsx", "jsonl")),
        ("/trace.exe", NOBODY),
    ],
    "trace/lookers": [
        ("/trace/lookers", AUDITORS),
        ("/trace/lookers?dataset=kinh-te-xa-hoi.ngan-sach", AUDITORS),
        ("/trace/lookers?dataset=khong.co", NOBODY),
    ],
    "trace/lookers.<slug:kind>": [("/trace/lookers.csv?dataset=kinh-te-xa-hoi.ngan-sach", AUDITORS)],
    "trace/<int:number>": [("/trace/1", AUDITORS), ("/trace/999999999", NOBODY)],
}
