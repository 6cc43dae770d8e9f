"""Every URL in the resolver × every person of the cast has an expected status; a URL without a row fails the build.

Absent and forbidden look the same: both are 404 (pages and API) with the same words.
"""

from __future__ import annotations

import re

import httpx
import pytest
from house import rows
from house.cast import CAST, patterns, whole

pytestmark = pytest.mark.xdist_group("browser")

BUDGET, PCI, SCORES, PEOPLE = (
    "kinh-te-xa-hoi.thu-ngan-sach",
    "kinh-te-xa-hoi.pci",
    "giao-duc.diem-toan-trung-binh",
    "kinh-te-xa-hoi.dan-so-xa",
)
EVERYBODY = dict.fromkeys(CAST, 200)


def only(*people: str, status: int = 200) -> dict[str, int]:
    """These get `status`, the others exactly what an absent thing gives."""
    return {name: status if name in people else 404 for name in CAST}


# pattern of the resolver → (address to try, who gets what). One pattern may have several rows.
ROWS: dict[str, list[tuple[str, dict[str, int]]]] = {
    "healthz": [("/healthz", EVERYBODY)],
    "metrics": [("/metrics", EVERYBODY)],
    "": [("/", EVERYBODY)],
    "login/": [("/login/", EVERYBODY)],
    "boards/": [("/boards/", EVERYBODY)],
    "places/": [("/places/", EVERYBODY)],
    "places/search": [("/places/search?q=dong+dang", EVERYBODY)],
    "places/<str:code>": [("/places/20", EVERYBODY), ("/places/99", only())],
    "map/": [("/map/", EVERYBODY)],
    "map/shapes/<slug:level>/<str:code>.json": [("/map/shapes/commune/20.json", EVERYBODY)],
    "indicators/<str:key>": [
        (f"/indicators/{BUDGET}?place=20", only("lanh-dao")),
        (f"/indicators/{PCI}?place=20", EVERYBODY),
        (f"/indicators/{PEOPLE}?place=06187", only("lanh-dao")),
        (f"/indicators/{PEOPLE}?place=06184", only("lanh-dao", "xa-dong-dang")),
        ("/indicators/khong.co", only()),
    ],
    "indicators/": [("/indicators/", EVERYBODY)],
    "indicators/<str:key>/data.<slug:kind>": [
        (f"/indicators/{BUDGET}/data.csv?place=20", only("lanh-dao")),
        (f"/indicators/{PEOPLE}/data.xlsx?place=06184", only("lanh-dao", "xa-dong-dang")),
        (f"/indicators/{PCI}/data.csv?place=20", EVERYBODY),
    ],
    "indicators/<str:key>/records": [
        (f"/indicators/{BUDGET}/records?place=20", only("lanh-dao")),
        (f"/indicators/{PEOPLE}/records?place=06187", only("lanh-dao")),
        (f"/indicators/{SCORES}/records?place=20", only("lanh-dao", "so-giao-duc")),
    ],
    "indicators/<str:key>/records.<slug:kind>": [
        (f"/indicators/{BUDGET}/records.csv?place=20", only("lanh-dao")),
        (f"/indicators/{PCI}/records.xlsx?place=20", EVERYBODY),
    ],
    "sources/": [("/sources/", EVERYBODY)],
    "sources.<slug:kind>": [("/sources.csv", EVERYBODY), ("/sources.exe", only())],
    "sources/<str:key>": [
        ("/sources/kinh-te-xa-hoi.dan-so", EVERYBODY),
        ("/sources/kinh-te-xa-hoi.ngan-sach", only("lanh-dao", "xa-dong-dang", "quan-tri")),
        ("/sources/khong.co", only()),
    ],
    "sources/<str:key>/connection": [
        ("/sources/kinh-te-xa-hoi.ngan-sach/connection", only("quan-tri")),
        ("/sources/kinh-te-xa-hoi.dan-so/connection", only("quan-tri")),
    ],
    "sources/<str:key>/aside": [
        ("/sources/giao-duc.diem-thi-2018/aside", only("so-giao-duc")),
        ("/sources/kinh-te-xa-hoi.ngan-sach/aside", only()),
    ],
    "sources/<str:key>/aside.<slug:kind>": [("/sources/giao-duc.diem-thi-2018/aside.csv", only("so-giao-duc"))],
    "notices/": [("/notices/", {**EVERYBODY, "cong-chung": 404, "peer-68": 404})],
    "sources/<str:key>/upload": [
        ("/sources/giao-duc.diem-thi-thpt/upload", only("so-giao-duc")),
        ("/sources/kinh-te-xa-hoi.ngan-sach/upload", only()),
        ("/sources/khong.co/upload", only()),
    ],
    "runs/": [("/runs/", EVERYBODY), ("/runs/?dataset=kinh-te-xa-hoi.ngan-sach", only("lanh-dao", "xa-dong-dang"))],
    "runs/<str:run_id>": [("/runs/khong-co", only())],
    "runs/<str:run_id>/rejects.csv": [("/runs/khong-co/rejects.csv", only())],
    "rejects/<str:reject_id>": [("/rejects/khong-co", only())],
    "hooks/<str:source>": [
        ("/hooks/khong.co", dict.fromkeys(CAST, 405))
    ],  # signed pushes alone: tests/api/test_hooks.py
    "api/v1/answer": [
        (f"/api/v1/answer?indicator={BUDGET}&place=20", only("lanh-dao")),
        (f"/api/v1/answer?indicator={PEOPLE}&place=06184", only("lanh-dao", "xa-dong-dang")),
        (f"/api/v1/answer?indicator={PEOPLE}&place=06187", only("lanh-dao")),
        (f"/api/v1/answer?indicator={PCI}&place=20", EVERYBODY),
    ],
    "boards/<str:key>": [("/boards/kinh-te-xa-hoi", EVERYBODY), ("/boards/khong-co", only())],
    "api/v1/openapi.json": [("/api/v1/openapi.json", EVERYBODY)],
    "api/v1/packs": [("/api/v1/packs", EVERYBODY)],
    "api/v1/boards": [("/api/v1/boards", EVERYBODY)],
    "api/v1/places": [("/api/v1/places?q=lang+son", EVERYBODY)],
    "api/v1/places/<code>": [("/api/v1/places/68", EVERYBODY), ("/api/v1/places/99", only())],
    "api/v1/runs": [("/api/v1/runs", EVERYBODY)],
    "api/v1/me": [("/api/v1/me", EVERYBODY)],
    "api/v1/contracts/<key>": [
        ("/api/v1/contracts/kinh-te-xa-hoi.pci", EVERYBODY),
        ("/api/v1/contracts/kinh-te-xa-hoi.ngan-sach", only("lanh-dao", "xa-dong-dang")),
        ("/api/v1/contracts/khong.co", only()),
    ],
    "api/v1/records": [
        (f"/api/v1/records?indicator={BUDGET}&place=20", only("lanh-dao")),
        (f"/api/v1/records?indicator={PEOPLE}&place=06187", only("lanh-dao")),
        (f"/api/v1/records?indicator={SCORES}&place=20", only("lanh-dao", "so-giao-duc")),
    ],
}
# Reached by a form or an unsafe method only, or redirecting: tried elsewhere, named here so that nothing is forgotten.
ELSEWHERE: dict[str, str] = {
    "logout/": "tests/web",
    "runs/<str:run_id>/accept": "tests/web/test_pages_feeds.py",
    "rejects/<str:reject_id>/discard": "tests/web/test_pages_feeds.py",
    "rejects/<str:reject_id>/reopen": "tests/web/test_pages_feeds.py",
    "events": "tests/web/test_live.py, tests/browser/test_live.py: it never ends",
    "sources/<str:key>/run-now": "tests/web/test_pages_sources.py",
    "sources/<str:key>/pause": "tests/web/test_pages_sources.py",
    "sources/<str:key>/connection/trial": "tests/web/test_pages_sources.py",
    "sources/<str:key>/connection/cut": "tests/web/test_pages_sources.py",
    "sources/<str:key>/aside/rule": "tests/web/test_pages_aside.py",
    "sources/<str:key>/aside/rules/<int:rule_id>/end": "tests/web/test_pages_aside.py",
    "sources/<str:key>/aside/replay": "tests/web/test_pages_aside.py",
    "sources/<str:key>/aside/accept": "tests/web/test_pages_aside.py",
    "sources/<str:key>/aside/discard": "tests/web/test_pages_aside.py",
    "notices/read": "tests/web/test_pages_sources.py",
    "api/v1/": "the root of the API: no page",
    "api/v1/answers": "tests/api",
    "api/v1/datasets/<key>/files": "tests/api",
}
ROWS |= rows.found("ROWS")
ELSEWHERE |= rows.found("ELSEWHERE")


def test_no_door_without_a_row() -> None:
    missing = [p for p in patterns() if p not in ROWS and p not in ELSEWHERE]
    assert not missing, f"addresses without a row here: {missing}"
    gone = [p for p in {**ROWS, **ELSEWHERE} if p not in set(patterns())]
    assert not gone, f"rows without an address: {gone}"


@pytest.mark.parametrize(
    ("url", "expected"), [row for rows in ROWS.values() for row in rows], ids=lambda v: str(v)[:70]
)
def test_everybody_gets_what_is_theirs(people: dict[str, httpx.Client], url: str, expected: dict[str, int]) -> None:
    found = {name: people[name].get(url).status_code for name in CAST}
    assert found == whole(url, expected)


def test_denied_and_absent_look_the_same(people: dict[str, httpx.Client]) -> None:
    """Not the status alone: the words are the same too, on the page and in the API."""
    who = people["so-giao-duc"]
    denied, absent = who.get(f"/indicators/{BUDGET}?place=20"), who.get("/indicators/kinh-te-xa-hoi.khong-co?place=20")
    strip = re.compile(r'nonce-[^"\']+|csrf[^>]+|"X-CSRFToken": "[^"]+"|khong-co|thu-ngan-sach')
    assert strip.sub("", denied.text) == strip.sub("", absent.text)
    denied, absent = (
        who.get(f"/api/v1/answer?indicator={BUDGET}&place=20"),
        who.get("/api/v1/answer?indicator=kinh-te-xa-hoi.khong-co&place=20"),
    )
    assert denied.json() == absent.json()
