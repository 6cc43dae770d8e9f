"""The citizens' pages: open to everybody; what belongs to a code is absent for whoever has none."""

from __future__ import annotations

from house.cast import CAST

EVERYBODY = dict.fromkeys(CAST, 200)
NOBODY = dict.fromkeys(CAST, 404)

ROWS = {
    "cong/": [("/cong/", EVERYBODY)],
    "cong/tro-giup": [("/cong/tro-giup", EVERYBODY)],
    "cong/cua-toi": [("/cong/cua-toi", EVERYBODY)],
    "cong/gui": [("/cong/gui", EVERYBODY)],
    "cong/theo-doi": [("/cong/theo-doi", EVERYBODY)],
    "cong/ket-qua": [("/cong/ket-qua", EVERYBODY), ("/cong/ket-qua?place=99999", NOBODY)],
    "cong/ket-qua/<int:number>": [("/cong/ket-qua/999999999", NOBODY)],
    "cong/ket-qua/<int:number>/tep/<str:key>": [("/cong/ket-qua/999999999/tep/khong-co", NOBODY)],
    "cong/app.webmanifest": [("/cong/app.webmanifest", EVERYBODY)],
    "cong/sw.js": [("/cong/sw.js", EVERYBODY)],
    "cong/phieu": [("/cong/phieu", EVERYBODY)],
    "cong/cho": [("/cong/cho", EVERYBODY)],
    "cong/<str:code>": [("/cong/PA000000-KHONGCO2", NOBODY)],
    "cong/<str:code>/tep/<str:key>": [("/cong/PA000000-KHONGCO2/tep/khong-co", NOBODY)],
}
ELSEWHERE = {
    "cong/<str:code>/bao-tin": "tests/cong/test_push.py",
    "cong/<str:code>/<slug:act>": "tests/cong/test_follow.py",
}
