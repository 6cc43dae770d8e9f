"""Where the administration of the centre stands: at a port and for networks of its own when the settings name them.

Elsewhere its pages do not exist: the request is handed on under a path nobody has, so that the answer is that of any
absent page. Never: decides a right.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

from haidang.network import remote
from haidang.web.keeping import PAGES

KEEPING = re.compile(
    "|".join([*(re.escape(url.rstrip("/")) + "(?:[/.]|$)" for url, _, _ in PAGES), "/sources/[^/]+/connection(?:/|$)"])
)
"""Paths of the administration: the pages of the keeping with all below them, and the connections of sources."""

EVERYBODY = re.compile(r"/requests/(?:new|\d+(?:/take-back)?)?$|/privilege/(?:\d+|end|see-as/end)$|/reviews/")
"""Of these what officers come to: asking for a right, a head's report and review, ending what runs on every page."""

ABSENT = "/khong-co-trang-nay"


def placed(scope: Any) -> Any:
    """The scope, led to an absent page when it asks for the administration at the wrong place.

    `haidang.keeping` in it says whether links to the administration are of use here.
    """
    here = open_at((scope.get("server") or ("", 0))[1], remote.peer(scope))
    if here or not administration(scope["path"]):
        return {**scope, "haidang.keeping": here}
    return {**scope, "haidang.keeping": False, "path": ABSENT, "raw_path": ABSENT.encode(), "query_string": b""}


def administration(path: str) -> bool:
    """Whether an address answers at the administration's own place alone."""
    return bool(KEEPING.match(path)) and not EVERYBODY.match(path)


def open_at(port: int | None, caller: str) -> bool:
    """Whether the administration answers a caller at a port."""
    if settings.ADMIN_PORT and port != settings.ADMIN_PORT:
        return False
    return not settings.ADMIN_NETWORKS or remote.within(caller, settings.ADMIN_NETWORKS)
