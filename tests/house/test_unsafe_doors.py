"""The doors beside looking: every address × every method; with and without the form's token; ids of others; the stream.

What changes something is refused to whoever may not, before anything is told: 403 without the token of the form, and
with it 404 as for what does not exist. No answer anywhere is a fault of ours.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from doors import terminal
from house.cast import CAST, UNSIGNED, address
from house.test_every_door import BUDGET, ELSEWHERE, PCI, PEOPLE, ROWS, only

pytestmark = pytest.mark.xdist_group("browser")
METHODS = ("POST", "PUT", "PATCH", "DELETE")
STRANGERS = ("cong-chung", "cong-dan", "don-vi-xu-ly")
OPEN_TO_POST = {
    "/api/v1/answers": {400, 403},  # questions; a session's wants the token of a form
    "/api/v1/cases": {400},  # nothing is said of a body but its shape
    "/api/v1/cases/1/acts": {400},
    "/csp-report": {204, 400, 413, 415},
    "/api/v1/datasets/kinh-te-xa-hoi.ngan-sach/files": {400},  # of no file nothing is said but that it is missing
    "/hooks/kinh-te-xa-hoi.ngan-sach": {401, 404, 429},
    "/hooks/desk/call": {401, 429},
    "/login/sso/tinh/logout-token": {400, 404},
}
"""What takes a POST from anywhere: questions, reports of browsers, signed calls."""

OWN = (
    "login/", "logout/", "me/", "requests/", "notices/read", "purpose/", "why", "privilege/end", "privilege/see-as/end", "api/v1/answers", "csp-report",
)  # fmt: skip
"""What is one's own, or everybody's: tried in tests/web."""


def _token(client: httpx.Client) -> str:
    found = re.search(
        r'"X-CSRFToken": "([^"]+)"|name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/login/").text
    )
    found = found or re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1] or found[2]


@pytest.fixture(scope="module")
def tokens(people: dict[str, httpx.Client]) -> dict[str, str]:
    return {name: _token(people[name]) for name in STRANGERS}


@pytest.fixture(scope="module")
def things(people: dict[str, httpx.Client], centre_home: Path) -> dict[str, str]:
    """Real ids: a run of the budget, one of the scores with rows set aside, and one of those rows."""
    runs = people["lanh-dao"].get("/api/v1/runs?limit=500").json()["runs"]
    runs = [one for one in runs if one["kind"] == "file"]  # others mended rows of these: runs of one row
    budget = next(one["run"] for one in runs if one["dataset"] == "kinh-te-xa-hoi.ngan-sach")
    theirs = [one for one in runs if one["dataset"] == "giao-duc.diem-thi-thpt"]
    scores = max(theirs, key=lambda one: int(one["set_aside"]))["run"]
    kept = json.loads(terminal(centre_home, "rejects", scores, "--limit", "500", "--json").stdout)["rejects"]
    # A row of no place is the centre's own, one of Lạng Sơn its department's.
    units = {str(one["unit"]) for one in kept}
    elsewhere = [one["id"] for one in kept if one["unit"] and not one["unit"].startswith("20@")]
    assert elsewhere, f"{len(kept)} rows of the run {scores}, of {units}"
    return {"budget": budget, "scores": scores, "reject": elsewhere[0]}


IDS = [
    ("/runs/{budget}", only("lanh-dao", "xa-dong-dang")),
    ("/runs/{budget}?part=progress", only("lanh-dao", "xa-dong-dang")),
    ("/runs/{budget}/rejects.csv", only()),
    ("/runs/{scores}", only("lanh-dao", "so-giao-duc", "xa-dong-dang")),
    ("/runs/{scores}/rejects.csv", only("so-giao-duc")),
    ("/rejects/{reject}", only()),  # of another province
]


@pytest.mark.parametrize(("url", "expected"), IDS, ids=lambda v: str(v)[:40])
def test_ids_of_others_open_nothing(
    people: dict[str, httpx.Client], things: dict[str, str], url: str, expected: dict[str, int]
) -> None:
    found = {name: people[name].get(url.format(**things)).status_code for name in CAST}
    assert found == {name: expected.get(name, 404) for name in CAST}


@pytest.mark.parametrize("pattern", sorted({**ROWS, **ELSEWHERE}))
def test_nothing_is_changed_without_the_token_of_a_form(people: dict[str, httpx.Client], pattern: str) -> None:
    url = address(pattern)
    for name in STRANGERS:
        for method in METHODS:
            status = people[name].request(method, url).status_code
            allowed = {403, 404, 405} | (OPEN_TO_POST.get(url, set()) if method == "POST" else set())
            assert status in allowed, (method, url, name, status)


@pytest.mark.parametrize("pattern", sorted(one for one in ELSEWHERE if not one.startswith(OWN)))
def test_acts_are_absent_for_whoever_may_not(
    people: dict[str, httpx.Client], tokens: dict[str, str], centre: str, pattern: str
) -> None:
    """With the token: 404 as for what is not there, or the way to the login; never done, never told why."""
    url = address(pattern)
    for name in STRANGERS:
        heads = {"X-CSRFToken": tokens[name], "Referer": f"{centre}/"}
        answer = people[name].post(url, headers=heads, data={"why": "thử", "code": "x"})
        allowed = {404, 405} | OPEN_TO_POST.get(url, set())
        to_login = answer.status_code == 302 and answer.headers["Location"].startswith("/login/")
        assert answer.status_code in allowed or to_login, (url, name, answer.status_code, answer.text[:200])


LOOKED = (
    f"/indicators/{BUDGET}?place=20",
    f"/indicators/{PCI}?place=20",
    f"/api/v1/answer?indicator={PEOPLE}&place=06187",
)


@pytest.mark.parametrize("url", LOOKED)
def test_head_and_options_tell_no_more_than_get(people: dict[str, httpx.Client], url: str) -> None:
    for name in CAST:
        got = people[name].get(url).status_code
        head = people[name].head(url)
        assert head.status_code in {got, 405}
        assert not head.content
        options = people[name].options(url)
        assert options.status_code in {got, 405}, (name, options.status_code)
        if got == 404 and options.status_code == 404:
            assert "Allow" not in options.headers


@pytest.mark.parametrize(
    "variant",
    [
        f"/indicators/{BUDGET}/?place=20",
        f"/indicators/{quote(BUDGET[:-1])}%68?place=20",
        f"/indicators/{BUDGET.upper()}?place=20",
        f"//indicators/{BUDGET}?place=20",
        f"/indicators/./{BUDGET}?place=20",
        f"/indicators/{BUDGET}%00?place=20",
        f"/indicators/{BUDGET}%2Frecords?place=20",
        f"/indicators/{BUDGET};a=b?place=20",
        f"/api/v1/answer?indicator={BUDGET}&place=20&indicator={PCI}",
        f"/api/v1/answer?indicator={PCI}&place=20&indicator={BUDGET}",
        f"/api/v1/answer/?indicator={BUDGET}&place=20",
    ],
)
def test_no_way_of_writing_an_address_opens_more(people: dict[str, httpx.Client], variant: str) -> None:
    for name in ("so-giao-duc", "cong-chung"):
        answer = people[name].get(variant)
        assert answer.status_code in {200, 301, 302, 400, 404}, (variant, answer.status_code)
        if answer.status_code == 200:
            assert BUDGET.partition(".")[2] not in answer.text.replace(variant, ""), variant


def test_the_stream_opens_for_everybody_and_says_only_that_it_is_there(people: dict[str, httpx.Client]) -> None:
    for name in CAST:
        with people[name].stream("GET", "/events") as stream:
            assert stream.status_code == 200
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            assert "no-store" in stream.headers["Cache-Control"]
            assert next(stream.iter_bytes()).startswith(b"retry:")


def test_nothing_private_is_kept_on_the_way(people: dict[str, httpx.Client]) -> None:
    """What is answered to a session is never for a shared cache; shapes of the map, the same for everybody, may be."""
    for name in (one for one in CAST if one not in UNSIGNED):
        for url in ("/", f"/indicators/{PCI}?place=20", "/api/v1/me", "/sources.csv", "/me/"):
            said = people[name].get(url).headers.get("Cache-Control", "")
            assert "no-store" in said or "private" in said, (name, url, said)
