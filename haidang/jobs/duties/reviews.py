"""The half-yearly review of grants: opened when it is owed, told to those who decide, told again while it is overdue.

Never: decides about a grant.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haidang.access.people.reviews.reads import ReviewFace

EVERY = timedelta(hours=1)


def run(now: datetime) -> None:
    """Open what is owed; tell of it, and once a week of what is overdue."""
    from haidang.access import gate, trace
    from haidang.access.people.reviews import actions, reads

    with trace.context(door="jobs"):
        opened = actions.open_owed(now)
    for number in opened:
        _tell("review-opened", reads.review(gate.operator(), number), key=f"review:{number}")
    for face in reads.overdue(now):
        _tell("review-overdue", face, key=f"review-overdue:{face.id}:{now:%G-%V}")


def _tell(code: str, face: ReviewFace, *, key: str) -> None:
    from haidang.access.people.reviews import reads
    from haidang.watch import actions

    left = str(face.total - face.decided)
    facts: Mapping[str, str] = {
        "office": face.name.vi,
        "office_en": face.name.en,
        "due": f"{face.due:%d/%m/%Y}",
        "count": left,
    }
    for name in reads.keepers(face.office):
        actions.tell(name, code, facts, f"/reviews/{face.id}", key=key)
