"""Tells whoever set a channel that nothing comes or goes by it; once a day while it lasts. Never: mends it."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(minutes=2)
PATIENCE = timedelta(minutes=10)
"""What passes by itself within so long is told to nobody."""


def run(now: datetime) -> None:
    from haidang.access import gate
    from haidang.cases.channels import reads
    from haidang.watch import actions as watch
    from haidang.words.texts import text

    for one in reads.troubled(now - PATIENCE):
        if one.keeper and one.keeper != gate.operator().name:
            named = {"title": text(f"case.channel-{one.kind}"), "title_en": text(f"case.channel-{one.kind}", "en")}
            facts = {**one.facts, **named, "problem": one.code}
            key = f"channel:{one.desk}:{one.kind}:{one.code}:{now:%y%m%d}"
            watch.tell(one.keeper, "channel-trouble", facts, f"/cases/channels/{one.desk}/{one.kind}", key=key)
