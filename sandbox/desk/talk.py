"""What providers of the sandbox have in common: who wrote what, and pushes to the centre. Never: a real provider's."""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

SECONDS = 20


@dataclass(frozen=True)
class Word:
    """One message of a talk. `way`: in (a citizen wrote) | out (the centre wrote)."""

    who: str
    way: str
    text: str
    id: str
    at: float = field(default_factory=time.time)


@dataclass
class Talks:
    """Every message a provider has carried, newest last."""

    words: list[Word] = field(default_factory=list)

    def add(self, who: str, way: str, text: str, known_as: str = "") -> Word:
        word = Word(who, way, text, known_as or secrets.token_hex(10))
        self.words.append(word)
        return word

    def of(self, who: str) -> list[Word]:
        return [word for word in self.words if word.who == who]

    def told(self, who: str) -> list[str]:
        """What the centre wrote to somebody, oldest first."""
        return [word.text for word in self.of(who) if word.way == "out"]


def body(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def form(content: bytes) -> dict[str, str]:
    """The fields of a posted form."""
    return dict(urllib.parse.parse_qsl(content.decode(), keep_blank_values=True))


def push(url: str, content: bytes, headers: dict[str, str]) -> int:
    """POST to the centre's web hook; the status it answered."""
    asked = urllib.request.Request(url, data=content, headers={"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return int(refused.code)
