"""Doors of signing in: one's own account, the rules."""

from __future__ import annotations

_SIGNED = ("lanh-dao", "so-giao-duc", "xa-dong-dang", "truc-1022", "don-vi-xu-ly", "quan-tri", "cong-dan")
_UNSIGNED = ("peer-68", "cong-chung")
OWN = {**dict.fromkeys(_SIGNED, 200), **dict.fromkeys(_UNSIGNED, 404)}
ADMINISTRATOR = {name: 200 if name == "quan-tri" else 404 for name in (*_SIGNED, *_UNSIGNED)}

ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "me/": [("/me/", OWN)],
    "me/password": [("/me/password", OWN)],
    "rules/": [("/rules/", ADMINISTRATOR)],
}
ELSEWHERE: dict[str, str] = {
    "me/email": "tests/web/test_pages_me.py",
    "me/sessions/end": "tests/web/test_pages_me.py",
}
