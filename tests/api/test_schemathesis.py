"""The whole API as its own description tells it, asked by machine as three different people: no fault, no surprise.

For every endpoint requests are made from openapi.json, well formed and not, the same ones each time; every answer must
have a status, a content type and a shape that the description names, and none may be a fault of ours.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from doors import terminal
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from signing import sign_in

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12
"""Requests of each sort (well formed, not) to each endpoint as each person."""

KNOWN = {
    "indicator": "kinh-te-xa-hoi.pci kinh-te-xa-hoi.thu-ngan-sach kinh-te-xa-hoi.dan-so-xa khong.co",
    "place": "20 06184 VN 68@2024",
    "key": "kinh-te-xa-hoi.pci kinh-te-xa-hoi.ngan-sach khong.co",
    "code": "20 68@2024 99",
    "period": "latest 2014 2018-Q3 2010..2014",
    "at": "/boards/y-te /indicators/kinh-te-xa-hoi.pci",
}
"""Values that lead somewhere: what is made up alone is nearly always absent."""


@pytest.fixture(scope="module")
def people(centre: str, centre_home: Path, filled_home: Path) -> Iterator[dict[str, requests.Session]]:
    """A leader by the session of a browser, a department by its token, and the public."""
    found = {name: requests.Session() for name in ("lanh-dao", "so-giao-duc", "cong-chung")}
    with httpx.Client(base_url=centre, timeout=60) as client:
        sign_in(client, "lanh-dao", home=filled_home)
        for cookie in client.cookies.jar:
            found["lanh-dao"].cookies.set(cookie.name, cookie.value or "")
    token = json.loads(terminal(centre_home, "users", "token", "so-giao-duc", "--json").stdout)["token"]
    found["so-giao-duc"].headers["Authorization"] = f"Bearer {token}"
    yield found
    for session in found.values():
        session.close()


def steered(case: Any, number: int) -> Any:
    """Every other request names things that are there."""
    for part in (case.query, case.path_parameters):
        for name in part or {}:
            if name in KNOWN and number % 2:
                words = KNOWN[name].split()
                part[name] = words[number // 2 % len(words)]
    return case


def asking(operation: Any, mode: GenerationMode, ask: Callable[[Any], None]) -> Callable[[], None]:
    """A run over one endpoint; the requests are the same each time."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        ask(case)

    return run


@pytest.mark.parametrize("who", ["lanh-dao", "so-giao-duc", "cong-chung"])
def test_the_api_does_what_it_says(centre: str, people: dict[str, requests.Session], who: str) -> None:
    """All of it, for one person; and of well-formed requests a good part is answered, not refused."""
    schema = schemathesis.openapi.from_url(f"{centre}/api/v1/openapi.json")
    statuses: Counter[int] = Counter()
    paths: set[str] = set()

    def ask(case: Any) -> None:
        case = steered(case, sum(statuses.values()))
        answer = case.call(base_url=centre, session=people[who], timeout=60)
        statuses[answer.status_code] += 1
        paths.add(f"{case.method} {case.path}")
        case.validate_response(answer, checks=CHECKS)

    for found in schema.get_all_operations():
        operation = found.ok()
        asking(operation, GenerationMode.POSITIVE, ask)()
        if _can_be_wrong(operation):
            with suppress(Unsatisfiable):  # of some endpoints every text is a well-formed question
                asking(operation, GenerationMode.NEGATIVE, ask)()
    print(f"\n{who}: {sum(statuses.values())} requests to {len(paths)} endpoints: {dict(sorted(statuses.items()))}")
    assert len(paths) >= 12
    # Most of the desk is nothing to a department or the public: 404.
    assert statuses[200] >= 0.25 * sum(statuses.values()), statuses
    assert statuses[429] <= 0.1 * sum(statuses.values()), "turned away for haste: little was tried"


def _can_be_wrong(operation: Any) -> bool:
    """Whether there is anything in a request that could be of the wrong shape."""
    return bool(list(operation.iter_parameters())) or bool(list(operation.body))


def test_every_endpoint_says_what_it_gives(centre: str) -> None:
    """In the description: a shape for what is answered, and every refusal."""
    told = httpx.get(f"{centre}/api/v1/openapi.json", timeout=60).json()
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            assert {"400", "401", "403", "404", "405", "429", "503"} <= set(answers), (method, path, sorted(answers))
            good = next(answer for status, answer in answers.items() if status.startswith("2"))
            assert any("schema" in content for content in good["content"].values()), (method, path)


def test_no_address_and_no_method_are_told_in_json(centre: str) -> None:
    for method, path, status in (
        ("GET", "/api/v1/khong-co", 404),
        ("DELETE", "/api/v1/me", 405),
        ("PUT", "/api/v1/answers", 405),
    ):
        found = httpx.request(method, f"{centre}{path}", timeout=60)
        assert found.status_code == status
        assert set(found.json()) == {"code", "message"}
