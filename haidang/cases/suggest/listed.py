"""Word lists of a pack and of the province: abuse (`codes/tu-cam.csv`) and danger (`codes/tu-khan.csv`).

A province adds its own words, one a line, in the home's `cases/tu-cam.txt` and `cases/tu-khan.txt`.
Never: blocks a report; a mark is for whoever reads it next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from haidang.cases.suggest.faces import Suggestion, Why
from haidang.cases.suggest.wording import Said
from haidang.catalog.declared import Desk, declared
from haidang.words.errors import Absent
from haidang.words.names import fold

ABUSE, DANGER = "tu-cam", "tu-khan"


@dataclass(frozen=True)
class Word:
    """`kind`: what it is (`obscene`, `insult`, `threat`, `fire`, …); `bare`: also meant when written without tones."""

    word: str
    kind: str
    bare: bool


def abusive(desk: Desk, text: str) -> tuple[Suggestion, ...]:
    """The abusive words in a text (`value`: the words, for `Case.abusive`), none when there are none."""
    hits = found(words(desk, ABUSE), text)
    return _offer(hits, "suggest.why-abusive") if hits else ()


def marked(desk: Desk, text: str) -> str:
    """What `Case.abusive` holds of a text: "" or the words."""
    return next((one.value[:200] for one in abusive(desk, text)), "")


def urgent(desk: Desk, text: str, category: str = "") -> tuple[Suggestion, ...]:
    """Whether it cannot wait, because of its words or of its category; none when nothing says so."""
    hits = found(words(desk, DANGER), text)
    if hits:
        return _offer(hits, "suggest.why-danger")
    noun = desk.category(category)
    return (Suggestion("urgent", 0.6, (Why("suggest.why-category"),)),) if noun and noun.urgent else ()


def _offer(hits: tuple[Word, ...], code: str) -> tuple[Suggestion, ...]:
    said = ", ".join(dict.fromkeys(one.word for one in hits))
    return (Suggestion(said, round(min(1.0, 0.7 + 0.1 * len(hits)), 3), (Why(code, {"words": said}),)),)


def found(listed: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    """Words of a list that stand in a text, as they are written or, where the list lets it, without tones."""
    said = Said(text)
    return tuple(one for one in listed if _stands(said, one))


def _stands(said: Said, one: Word) -> bool:
    if f" {one.word} " in said.toned:
        return True
    # Where tones are written a word without them is another word (“cho đề” is no insult).
    return one.bare and not said.has_tones and f" {fold(one.word)} " in said.folded


def words(desk: Desk, name: str) -> tuple[Word, ...]:
    """The desk's list of a name: the pack's, then the province's own."""
    own = Path(settings.HOME) / "cases" / f"{name}.txt"
    return _listed(desk.pack, name) + _own(own, own.stat().st_mtime_ns if own.is_file() else 0)


def _listed(pack: str, name: str) -> tuple[Word, ...]:
    try:
        rows = [dict(row) for row in declared().code_list(pack, name).rows]
    except Absent:
        return ()
    return tuple(Word(Said(row["code"]).toned.strip(), row["value"], row.get("bare", "") == "1") for row in rows)


@lru_cache(maxsize=8)
def _own(file: Path, changed: int) -> tuple[Word, ...]:
    lines = file.read_text(encoding="utf-8").splitlines() if changed else []
    return tuple(Word(Said(line).toned.strip(), "own", False) for line in lines if line.strip())
