"""Who tries every door, and addresses to try them at. Never: says what anybody should get but the keepers' defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

OFFICERS = ("lanh-dao", "so-giao-duc", "xa-dong-dang", "truc-1022", "don-vi-xu-ly", "quan-tri", "cong-dan")
UNSIGNED = ("peer-68", "cong-chung")
"""The peer signs its calls with a token (tests/api); by pages it is the public."""
KEEPERS = ("thanh-tra", "bao-ve-du-lieu", "quan-tri-y-te")
"""The inspector, who protects data, who keeps the people of one department."""
CAST = (*OFFICERS, *UNSIGNED, *KEEPERS)

GIVEN: dict[str, dict[str, int]] = {
    "thanh-tra": dict.fromkeys(
        (
            "/grants/",
            "/grants/?pack=y-te&soon=1",
            "/grants.csv",
            "/grants/table",
            "/reviews/",
            "/subjects/",
            "/privilege/",
            "/trace/",
            "/trace/?who=lanh-dao&personal=1&q=dang+nhap",
            "/trace.csv?action=sign-in",
            "/trace.xlsx?action=sign-in",
            "/trace.jsonl?action=sign-in",
            "/trace/lookers",
            "/trace/lookers?dataset=kinh-te-xa-hoi.ngan-sach",
            "/trace/lookers.csv?dataset=kinh-te-xa-hoi.ngan-sach",
            "/trace/1",
            "/why?at=/boards/y-te&as=so-y-te",
            "/api/v1/why?at=/boards/y-te&as=so-y-te",
        ),
        200,
    )
    | {"/trace/?from=khong-phai-ngay": 400},
    "bao-ve-du-lieu": {"/subjects/": 200},
    "quan-tri-y-te": dict.fromkeys(
        (
            "/people/",
            "/people/?q=so+y+te",
            "/people.csv",
            "/people/new",
            "/people/import",
            "/people/import/template.xlsx",
            "/people/so-y-te",
            "/offices/",
            "/offices/so-y-te",
            "/grants/",
            "/grants/?pack=y-te&soon=1",
            "/grants.csv",
            "/grants/table",
            "/grants/new",
            "/reviews/",
            "/offices/new",
        ),
        200,
    ),
}
"""What the keepers get beyond what everybody signed in gets."""


def whole(url: str, expected: Mapping[str, int]) -> dict[str, int]:
    """A row for everybody: a keeper it does not name gets what is theirs, else what all others get, else nothing."""
    alike = {expected[name] for name in ("so-giao-duc", "don-vi-xu-ly", "cong-dan")}
    others = alike.pop() if len(alike) == 1 else 404
    return {name: expected.get(name, GIVEN.get(name, {}).get(url, others)) for name in CAST}


EXAMPLES = {
    "<str:key>": "kinh-te-xa-hoi.ngan-sach",
    "<key>": "kinh-te-xa-hoi.ngan-sach",
    "<slug:key>": "tinh",
    "<slug:kind>": "csv",
    "<slug:level>": "commune",
    "<slug:act>": "close",
    "<str:code>": "20",
    "<str:desk>": "phan-anh.phan-anh",
    "<code>": "20",
    "<str:name>": "so-y-te",
    "<str:run_id>": "khong-co",
    "<str:reject_id>": "khong-co",
    "<str:source>": "kinh-te-xa-hoi.ngan-sach",
    "<int:number>": "1",
    "<number>": "1",
    "<int:rule_id>": "1",
}


def address(pattern: str) -> str:
    """A pattern of the resolver with names of things that are there."""
    return "/" + re.sub(r"<[^>]+>", lambda part: EXAMPLES[part[0]], pattern)


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address there is."""
    for one in (resolver or get_resolver()).url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, here)
        elif isinstance(one, URLPattern):
            yield re.sub(r"[\^$]", "", here)
