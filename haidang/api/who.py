"""Who is calling: the one helper every endpoint takes its actor from. Never: decides a right."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from django.http import HttpRequest
from ninja.utils import check_csrf

from haidang.access import gate
from haidang.access.personal import reads as personal
from haidang.words.errors import Denied
from haidang.words.nouns import Actor

SAFE = {"GET", "HEAD", "OPTIONS"}


def caller(request: HttpRequest) -> Actor:
    """By bearer token, else by session, else the public; raises Denied('bad-token' | 'bad-csrf').

    With what it said personal data is looked at for (X-Purpose; raises BadQuestion)."""
    purpose = _purpose(request.headers.get("X-Purpose", ""))
    who = _caller(request)
    return replace(who, purpose=purpose, purpose_packs=()) if purpose and who.kind != "public" else who


def _purpose(header: str) -> str:
    """What personal data is looked at for: a code of the list, or words (percent-encoded UTF-8).

    Raises BadQuestion.
    """
    return personal.read(unquote(header))


def _caller(request: HttpRequest) -> Actor:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return gate.of_token(token.strip())
    # A browser sends its session by itself, wherever the form came from; a token it does not.
    if request.method not in SAFE and request.user.is_authenticated and check_csrf(request):
        raise Denied("bad-csrf")
    return gate.of_request(request)
