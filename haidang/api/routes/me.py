"""/me: who the caller is and what it may. Never: another's rights."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from haidang.access import gate
from haidang.api.errors import reply
from haidang.api.shapes import Me, answered
from haidang.api.who import caller
from haidang.words.nouns import Grant

router = Router(tags=["me"])


@router.get("/me", response=answered(Me))
def me(request: HttpRequest) -> HttpResponse:
    """`{name, kind, title, grants: [{id, action, pack, place, level, until}]}`; the public's grants are everybody's."""
    who = caller(request)
    return reply({**asdict(who), "grants": [_grant(grant) for grant in gate.grants(who)]})


def _grant(grant: Grant) -> dict[str, Any]:
    until = grant.until.isoformat() if grant.until else None
    return {**asdict(grant), "level": grant.level.name.lower(), "until": until}
