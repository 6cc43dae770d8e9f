"""The one family of errors. Holds codes and facts, never a text: texts live in the locale by code.

Doors (web, api, cli) keep one table from error to HTTP status or exit code.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One fault found in something a person wrote (a pack, a file, a row).

    `code` names the kind of fault (kebab-case, e.g. `unknown-column`, `not-a-number`); `where` is
    `file:line` or `file › sheet › row 12 › column`; `found` and `expected` are short texts;
    `nearest` is the closest known name, or "". `facts` are further values for the text.
    """

    code: str
    where: str = ""
    found: str = ""
    expected: str = ""
    nearest: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())


def _problem(code: str, facts: dict[str, object]) -> Problem:
    """The Problem that says the same as an error's code and facts."""
    told = {name: str(value) for name, value in facts.items()}
    own = {name: told.pop(name, "") for name in ("where", "found", "expected", "nearest")}
    return Problem(code, **own, facts=tuple(told.items()))


class HaiDangError(Exception):
    """Root of the family: a `code` and its facts as attributes, no text."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class PackProblem(HaiDangError):
    """A pack is unsound: every problem at once in `problems`."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("pack-problem", count=len(problems))
        self.problems = problems


class IntakeStopped(HaiDangError):
    """An arrival cannot be read or breaks a contract that says stop; nothing of it was landed."""

    def __init__(self, code: str, /, *, problem: Problem | None = None, **facts: object) -> None:
        super().__init__(code, **facts)
        self.problem = problem or _problem(code, facts)


class Denied(HaiDangError):
    """The actor may not. Doors answer exactly as for `Absent` (404; the terminal: exit 3)."""


class Absent(HaiDangError):
    """No such thing; `facts['nearest']` may name the closest one."""


class BadQuestion(HaiDangError):
    """The question cannot be understood (a period that is no period, an unknown slice)."""


class NotNow(HaiDangError):
    """The thing is busy: another writer, a run in progress. Trying later is right."""


class Unavailable(HaiDangError):
    """Something below is down; `facts['retry']` seconds until it is worth trying again."""
