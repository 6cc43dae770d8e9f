"""The exchange as this province has said it: its desk, the secrets it signs with, whose extension is whose.

Never: writes; gives a secret to a page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from haidang.cases import senders
from haidang.cases.models import Channel

KIND = "phone"


@dataclass(frozen=True)
class Exchange:
    """One exchange. `agents`: extension → account."""

    desk: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    agents: dict[str, str] = field(default_factory=dict)
    simulated: bool = False

    def account(self, agent: str) -> str:
        """The account behind an extension, "" when nobody is named for it."""
        return self.agents.get(agent, "")


def exchanges() -> tuple[Exchange, ...]:
    """Every exchange with a secret: one that has none may push nothing."""
    found = []
    for row in Channel.objects.filter(kind=KIND, on=True).order_by("desk"):
        kept = json.loads(senders.unseal(row.secrets) or "{}")
        secrets = tuple(filter(None, (kept.get("secret", ""), kept.get("old_secret", ""))))
        if secrets:
            found.append(Exchange(row.desk, secrets, agents(str(row.settings.get("agents", ""))), row.simulated))
    return tuple(found)


def agents(words: str) -> dict[str, str]:
    """`101=truc-1022, 102=lan` → extension → account."""
    pairs = (part.partition("=") for part in words.replace(",", " ").replace(";", " ").split())
    return {extension: account for extension, _, account in pairs if extension and account}
