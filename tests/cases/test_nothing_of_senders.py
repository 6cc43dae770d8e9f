"""Nothing that tells who sent a report stands where the unit, a commune, a leader or the public can reach.

One sender known by everything is planted through every channel and into everybody's words; then each of these people
walks from page to page, takes every file and asks every machine's address of the desk, and all of it is searched.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import deque
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from doors import enter

from haidang.access import gate
from haidang.access.models import Trace, Viewed
from haidang.cases import own
from haidang.cases.actions import Arrival, Person, Wanted, act, act_as_sender, open_case
from haidang.cases.models import CHANNELS, Call, Case, Digest, Step
from haidang.cases.senders import digest, seal
from haidang.intake.own.kinds import Span
from haidang.words.names import fold
from haidang.words.nouns import Actor

from .conftest import DESK

WHO = Person(
    name="Hoàng Thị Canarina",
    phone="0987654321",
    email="canarina@bi-mat.vn",
    zalo="zalo-canarina-77",
    facebook="fb-canarina-88",
    address="Số 77 ngõ Canarina",
)
SAID = "tôi là Hoàng Thị Canarina, gọi 0987.654.321 hoặc canarina@bi-mat.vn, nhà Số 77 ngõ Canarina"
TELLS = ("canarina", "0987654321", "987 654 321", "987.654.321", "84987654321", "bi-mat.vn")
LOOKERS = ("don-vi-xu-ly", "xa-dong-dang", "lanh-dao", "cong-chung")
MOST_PAGES = 25
NEVER = re.compile(r"^/(logout|login|static|me/|oidc|accounts|healthz|purpose|events)")
ROOTS = ("/", "/cases/", "/cases/?state=all", "/cases/mine", "/cases/map", "/cases/today", "/cases/calls", "/cong/")


@pytest.fixture
def planted(people: dict[str, Actor], settings: Any, tmp_path: Path) -> list[Case]:
    """A report of the same sender through every channel, one after the other brought further."""
    settings.HOME = tmp_path
    truc, unit, head = (people[name] for name in ("truc-1022", "don-vi-xu-ly", "so-xay-dung"))
    done = []
    for number, channel in enumerate(CHANNELS):
        text = f"Ổ gà số {number}: {SAID}"
        arrival = Arrival(
            DESK,
            channel,
            text,
            WHO,
            "mat-duong",
            title=SAID,
            address=f"gần chợ, hỏi {WHO.name} {WHO.phone}",
            place="06184",
        )
        case = open_case(gate.public(), arrival)
        words = f"Đã gọi {WHO.name} số 0987 654 321 ({WHO.email})"
        act(truc, case.pk, Wanted("assign", office="so-xay-dung", words=words))
        act(unit, case.pk, Wanted("ask", words=words))
        act_as_sender(gate.public(), case.code, Wanted("supply", words=SAID))
        act(unit, case.pk, Wanted("note", words=words))
        if number % 2:
            act(unit, case.pk, Wanted("finish", words=f"Đã vá, {words}"))
            act(head, case.pk, Wanted("approve"))
            act_as_sender(gate.public(), case.code, Wanted("rate", rating=1 + number % 3, words=SAID))
            act(truc, case.pk, Wanted("publish"))
        done.append(Case.objects.get(pk=case.pk))
    Call.objects.create(outside="c1", phone=seal(WHO.phone), phone_digest=digest("phone", WHO.phone), state="missed")
    return done


@pytest.mark.parametrize("name", LOOKERS)
def test_no_page_tells_who_sent_it(
    planted: list[Case], name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from haidang.access.identity import reads as identity

    monkeypatch.setattr(identity, "owed", lambda account, session: "")
    client = Client() if name == "cong-chung" else enter(name)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        seen = walked(client, planted)
    assert {url.partition("?")[0] for url in seen} & ({"/cong/"} if name == "cong-chung" else {"/cases/"})
    wrong = [f"{url}: {tell}" for url, body in seen.items() for tell in told(body, planted)]
    assert not wrong, "\n".join(wrong[:20])
    assert not told(caplog.text, ())


def walked(client: Client, cases: list[Case]) -> dict[str, str]:
    """Every page reached by links from the roots and every address of the desk, by its text."""
    waiting = deque([*ROOTS, *addresses(cases)])
    seen: dict[str, str] = {}
    while waiting and len(seen) < MOST_PAGES + len(addresses(cases)):
        url = waiting.popleft()
        if url in seen or NEVER.match(url):
            continue
        answer = client.get(url)
        body = readable(answer)
        seen[url] = body
        if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            waiting.extend(re.sub("&amp;", "&", one) for one in re.findall(r'(?:href|src|action)="(/[^"#]*)', body))
    return seen


def addresses(cases: list[Case]) -> list[str]:
    """Every address of the desk there is, with the numbers of the reports in it."""
    found = []
    for pattern in patterns(get_resolver()):
        if not re.match(r"(cases|cong|open311|api/v1/cases|hooks/desk)\b", pattern):
            continue
        for number in (cases[0].pk, cases[1].pk) if "<int:" in pattern else (0,):
            filled = re.sub(r"<int:[^>]+>", str(number), pattern)
            for kind in ("csv", "xlsx", "json", "xml") if "kind" in filled or "form" in filled else ("",):
                one = re.sub(r"<[^>]*(?:kind|form)[^>]*>", kind, filled)
                found.append("/" + re.sub(r"<[^>]+>", str(number), one))
    return found


def patterns(resolver: URLResolver, before: str = "") -> list[str]:
    told: list[str] = []
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        told += patterns(one, here) if isinstance(one, URLResolver) else [here] if isinstance(one, URLPattern) else []
    return told


def readable(answer: Any) -> str:
    """The text of an answer; of a workbook the texts of its sheets; headings count too."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return f"{dict(answer.headers)}\n{body.decode(errors='replace')}"


def told(text: str, cases: Any) -> list[str]:
    """What of the sender stands in a text: with tones or without, and the codes their reports are followed by."""
    plain = text.casefold()
    folded = fold(text)
    hits = [tell for tell in TELLS if tell in plain or (tell.isalpha() and tell in folded)]
    return hits + [case.code for case in cases if case.code.casefold() in plain]


def test_the_walk_would_find_it(planted: list[Case]) -> None:
    """The search is able to fail: the sender's own page holds all of it."""
    page = Client().get(f"/cong/{planted[0].code}")
    assert page.status_code == 200
    assert set(told(readable(page), planted)) >= {"canarina", planted[0].code}


def test_no_row_the_house_reads_tells_it(planted: list[Case]) -> None:
    rows = [*Step.objects.values("words", "facts"), *Digest.objects.values("sheet"), *Viewed.objects.values()]
    rows += Case.objects.values("title", "text", "address", "fold", "open_fold", "result", "rating_words", "abusive")
    rows += Trace.objects.values("subject", "because", "purpose")
    assert len(rows) > 50
    assert told(str(rows), planted) == []


def test_no_row_of_the_ledger_tells_it(planted: list[Case]) -> None:
    now = timezone.now()
    span = Span(date.today() - timedelta(days=2), date.today() + timedelta(days=1), now, pack="phan-anh", whole=True)
    rows = list(own.rows(span))
    assert len(rows) == len(planted)
    assert told(str(rows), planted) == []
