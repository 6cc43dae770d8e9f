"""Who is calling: the one helper every endpoint takes its actor from. Never: decides a right."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.utils import check_csrf

from haidang.access import gate
from haidang.words.errors import Denied
from haidang.words.nouns import Actor

SAFE = {"GET", "HEAD", "OPTIONS"}


def caller(request: HttpRequest) -> Actor:
    """By bearer token, else by session, else the public; raises Denied('bad-token' | 'bad-csrf')."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return gate.of_token(token.strip())
    # A browser sends its session by itself, wherever the form came from; a token it does not.
    if request.method not in SAFE and request.user.is_authenticated and check_csrf(request):
        raise Denied("bad-csrf")
    return gate.of_request(request)
