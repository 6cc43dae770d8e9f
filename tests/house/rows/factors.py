"""Doors of second factors and providers of identities."""

from __future__ import annotations

_SIGNED = ("lanh-dao", "so-giao-duc", "xa-dong-dang", "truc-1022", "don-vi-xu-ly", "quan-tri", "cong-dan")
_UNSIGNED = ("peer-68", "cong-chung")
EVERYBODY = dict.fromkeys((*_SIGNED, *_UNSIGNED), 200)
NOBODY = dict.fromkeys((*_SIGNED, *_UNSIGNED), 404)
ONWARD = dict.fromkeys((*_SIGNED, *_UNSIGNED), 302)
OWN = {**NOBODY, **dict.fromkeys(_SIGNED, 200)}
ADMINISTRATOR = {**NOBODY, "quan-tri": 200}

ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "login/second/": [("/login/second/", ONWARD)],  # nobody is at the second step here
    "login/passkey/": [("/login/passkey/", EVERYBODY)],
    "login/sso/<slug:key>/": [("/login/sso/khong-co/", {**NOBODY, **dict.fromkeys(_SIGNED, 302)})],
    "login/sso/<slug:key>/callback": [("/login/sso/khong-co/callback", NOBODY)],
    "login/sso/<slug:key>/left": [("/login/sso/khong-co/left", ONWARD)],
    "me/factors/": [("/me/factors/", OWN)],
    "me/factors/again": [("/me/factors/again", OWN)],
    "me/factors/totp": [("/me/factors/totp", OWN)],
    "me/factors/codes": [("/me/factors/codes", OWN)],
    "me/factors/passkey": [("/me/factors/passkey", OWN)],
    "me/factors/<int:number>/remove": [("/me/factors/0/remove", {**NOBODY, **dict.fromkeys(_SIGNED, 302)})],
    "me/factors/sso/<slug:key>": [("/me/factors/sso/khong-co", NOBODY)],
    "providers/": [("/providers/", ADMINISTRATOR)],
    "providers/<slug:key>": [("/providers/new", ADMINISTRATOR), ("/providers/khong-co", NOBODY)],
    "providers/<slug:key>/remove": [("/providers/khong-co/remove", NOBODY)],
}
ELSEWHERE: dict[str, str] = {
    "login/sso/<slug:key>/logout-token": "tests/oidc/test_logout.py: the provider alone, by its signed token",
    "me/factors/<int:number>/name": "tests/access/identity/test_factors.py",
    "me/factors/sso/<slug:key>/unlink": "tests/oidc/test_sign_in.py",
    "providers/<slug:key>/test": "tests/oidc/test_providers.py",
}
