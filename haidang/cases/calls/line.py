"""The exchange as this province has said it (channel `phone`): its desk, what it signs with, whose extension is whose.

Never: gives a secret to a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from haidang.cases.channels import Line, lines

KIND = "phone"


@dataclass(frozen=True)
class Exchange:
    """One exchange. `agents`: extension → account; an extension nobody is named for is taken by hand."""

    line: Line
    agents: dict[str, str] = field(default_factory=dict)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What it may sign with: the secret, and the one before while it is being changed."""
        return tuple(filter(None, (self.line.value("secret"), self.line.value("old_secret"))))

    def account(self, agent: str) -> str:
        return self.agents.get(agent, "")


def exchanges() -> tuple[Exchange, ...]:
    """Every exchange with a secret: one that has none may push nothing."""
    found = (Exchange(one, agents(one.value("agents"))) for one in lines.on(KIND))
    return tuple(one for one in found if one.secrets)


def came(exchange: Exchange) -> None:
    """Something came from it: the page of the channels says so."""
    lines.came(exchange.line)


def agents(words: str) -> dict[str, str]:
    """`101=truc-1022, 102=lan` → extension → account."""
    pairs = (part.partition("=") for part in words.replace(",", " ").replace(";", " ").split())
    return {extension: account for extension, _, account in pairs if extension and account}
