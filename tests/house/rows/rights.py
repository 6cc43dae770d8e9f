"""Doors of rights: grants, requests, why, privileged sessions. For whoever keeps nobody's rights they are absent."""

from __future__ import annotations

_SIGNED = ("lanh-dao", "so-giao-duc", "xa-dong-dang", "truc-1022", "don-vi-xu-ly", "quan-tri", "cong-dan")
_UNSIGNED = ("peer-68", "cong-chung")
CAST = (*_SIGNED, *_UNSIGNED)
SIGNED = {name: 200 if name in _SIGNED else 404 for name in CAST}
EVERYBODY = dict.fromkeys(CAST, 200)


def only(*people: str) -> dict[str, int]:
    return {name: 200 if name in people else 404 for name in CAST}


ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "grants/": [("/grants/", only("quan-tri")), ("/grants/?pack=y-te&soon=1", only("quan-tri"))],
    "grants.<slug:kind>": [("/grants.csv", only("quan-tri")), ("/grants.exe", only())],
    "grants/table": [("/grants/table", only("quan-tri"))],
    "grants/new": [("/grants/new", only("quan-tri"))],
    "grants/<int:number>/withdraw": [("/grants/99999/withdraw", only()), ("/grants/1/withdraw", only("quan-tri"))],
    "requests/": [("/requests/", SIGNED)],
    "requests/new": [("/requests/new?at=/boards/y-te", SIGNED)],
    "requests/<int:number>": [("/requests/99999", only())],
    "why": [
        ("/why?at=/boards/y-te", EVERYBODY),
        ("/why?at=/khong-co", EVERYBODY),
        ("/why?at=/boards/y-te&as=so-y-te", only("quan-tri")),
        ("/why?at=/boards/y-te&as=khong-co", only()),
    ],
    "privilege/": [("/privilege/", only("quan-tri"))],
    "privilege/<int:number>": [("/privilege/99999", only())],
    "api/v1/why": [
        ("/api/v1/why?at=/boards/y-te", EVERYBODY),
        ("/api/v1/why?at=/boards/y-te&as=so-y-te", only("quan-tri")),
    ],
}
_WEB = "tests/web/test_pages_rights.py"
ELSEWHERE: dict[str, str] = {
    "requests/<int:number>/approve": _WEB,
    "requests/<int:number>/refuse": _WEB,
    "requests/<int:number>/take-back": _WEB,
    "privilege/open": _WEB,
    "privilege/end": _WEB,
    "privilege/see-as": _WEB,
    "privilege/see-as/end": _WEB,
}
