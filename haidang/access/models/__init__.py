"""Rows of the gate: accounts and offices, grants, requests and reviews, privileged sessions, the trace.

Never: decides; read by `gate` and the `reads` of this room, written by its `actions` and `trace` alone.
"""

from haidang.access.models.accounts import (
    ACTIONS,
    KINDS,
    OPERATOR,
    PUBLIC,
    USES,
    Account,
    AccountManager,
    GrantRow,
    Looker,
    Office,
    PasswordUsed,
    Rule,
    Token,
    Viewed,
)
from haidang.access.models.people import GrantEnded, Privilege, Request, Review, ReviewLine, SeenAs
from haidang.access.models.personal import SubjectRequest
from haidang.access.models.tracing import Trace, TraceHead

__all__ = [
    "ACTIONS",
    "KINDS",
    "OPERATOR",
    "PUBLIC",
    "USES",
    "Account",
    "AccountManager",
    "GrantEnded",
    "GrantRow",
    "Looker",
    "Office",
    "PasswordUsed",
    "Privilege",
    "Request",
    "Review",
    "ReviewLine",
    "Rule",
    "SeenAs",
    "SubjectRequest",
    "Token",
    "Trace",
    "TraceHead",
    "Viewed",
]
