"""What is denied and what is not there are one and the same: status, headings, bytes; by every address that names a thing.

Also with more in the address than there should be: nobody is told what is wrong with a question about a hidden thing.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from urllib.parse import quote

import pytest
from proofs import draws
from proofs.canaries import Need
from proofs.draws import Stage
from proofs.trying import look_of
from proofs.ways import Look
from proofs.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600), pytest.mark.xdist_group("proofs")]
SETS = 40
NEVER = "zq99999z"
CHANGING = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|nonce-[^"\']+')
JUNK = ("", "&by=zzz", "&by=t3", "&by=ma", "&period=abc", "&place=zzz", "&place=99999", "&where=ma:x", "&where=zz:x")
JUNK_OF_RECORDS = (*JUNK, "&sort=zzz", "&limit=2", "&search=zq", "&offset=3")

OF_INDICATORS = (
    "/api/v1/answer?indicator={key}{junk}",
    "/api/v1/records?indicator={key}{junk}",
    "/indicators/{key}?period=2025{junk}",
    "/indicators/{key}/records?period=2025{junk}",
    "/indicators/{key}/data.csv?place=20{junk}",
    "/indicators/{key}/records.xlsx?place=20{junk}",
    "/map/?indicator={key}{junk}",
)
OF_DATASETS = ("/api/v1/contracts/{key}", "/runs/?dataset={key}", "/sources/{key}", "/sources/{key}/upload")
OF_SOURCES = (
    "/sources/{key}",
    "/sources/{key}/upload",
    "/sources/{key}/aside",
    "/sources/{key}/aside.csv",
    "/sources/{key}/connection",
    "/runs/?source={key}",
)


def _absent(key: str) -> str:
    """A key of the same shape that nothing bears."""
    return re.sub(r"zq\d{5}z", NEVER, key)


def _said(look: Look, template: str, key: str, junk: str) -> bytes:
    found = look.open(template.format(key=quote(key), junk=junk)).decode()
    return CHANGING.sub("", found.replace(key, "?").replace(quote(key, safe=""), "?")).encode()


def _hidden(look: Look) -> list[tuple[str, tuple[str, ...], str]]:
    """Addresses of things the oracle does not give, as (key, templates, about)."""
    found = []
    for made in look.world.packs.made:
        known = look.scope.may(Need(("read", "import", "mend"), made.pack, made.level))
        works = look.scope.may(Need(("manage",), made.pack, 0))
        if not look.scope.may(Need(("read",), made.pack, made.level)):
            found += [(key, OF_INDICATORS, "indicator") for name, key in made.indicators.items() if name != "tinh"]
        if not known and not works:
            found.append((made.key, OF_DATASETS, "dataset"))
            source = next(one for one in look.world.sources if one.startswith(f"{made.pack}.n{made.level}-"))
            found.append((source, OF_SOURCES, "source"))
    return found


def test_denied_is_absent_byte_for_byte(world: World, stage: Stage) -> None:
    chance, counts = random.Random(17), Counter[str]()
    for _ in range(SETS):
        look = look_of(world, stage, draws.drawn(chance), chance)
        hidden = _hidden(look)
        for key, templates, about in chance.sample(hidden, min(4, len(hidden))):
            for template in chance.sample(templates, 2):
                junk = chance.choice(JUNK_OF_RECORDS if "records" in template else JUNK) if "{junk}" in template else ""
                denied, absent = (_said(look, template, one, junk) for one in (key, _absent(key)))
                assert denied == absent, (template, junk, denied[:500], absent[:500])
                counts[about] += 1
    print(f"\ndenied beside absent: {dict(counts)}")
    assert min(counts[name] for name in ("indicator", "dataset", "source")) >= 20


def test_ids_cannot_be_tried(world: World, stage: Stage) -> None:
    """Real ids of runs and set-aside rows say no more to a stranger than ids nobody has."""
    look = look_of(world, stage, draws.Draw("nguoi-khac", ()), random.Random(1))
    for template, real in (
        *((f"/runs/{{key}}{rest}", one) for one in world.runs for rest in ("", "/rejects.csv", "?part=progress")),
        *(("/rejects/{key}", one) for one in world.rejects[:8]),
    ):
        assert _said(look, template, real, "") == _said(look, template, "khong-co", ""), (template, real)


def test_a_hundred_questions_at_once_say_nothing_of_hidden_ones(world: World, stage: Stage) -> None:
    """The API's answers: a denied indicator and one that does not exist give the same object."""
    from haidang.indicators.answer import answer_as_json, answer_many
    from haidang.words.nouns import Question

    look = look_of(world, stage, draws.Draw("nguoi-khac", ()), random.Random(1))
    for made in world.packs.made:
        for key in made.indicators.values():
            asked = [Question(one, "20", by=by, compare=("plan",)) for one in (key, _absent(key)) for by in ("", "zzz")]
            said = [
                json.dumps(answer_as_json(one)).replace(asked_of.indicator, "?")
                for one, asked_of in zip(answer_many(asked, look.who, lenient=True), asked, strict=True)
            ]
            assert said[0] == said[2]
            assert said[1] == said[3]


def test_counts_and_filters_hold_only_what_is_ones_own(world: World, stage: Stage) -> None:
    """Numbers of pages, totals and option lists: a stranger's are those of an empty centre."""
    look = look_of(world, stage, draws.Draw("nguoi-khac", ()), random.Random(1))
    for url in ("/runs/", "/sources/", "/indicators/", "/boards/", "/places/20", "/sources.csv", "/notices/", "/map/"):
        text = look.open(url).decode()
        own = [one for one in world.packs.book.found(text) if not look.scope.sees(one)]
        assert not own, (url, own)
    assert json.loads(look.open("/api/v1/runs").partition(b"}{")[2].decode().join(("{", ""))) == {"runs": []}
