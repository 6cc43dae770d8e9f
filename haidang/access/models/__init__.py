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
from haidang.access.models.providers import FactorMiss, Linked, Provider, SignedBy, UsedOnce
from haidang.access.models.tracing import Trace, TraceHead

__all__ = [
    "ACTIONS",
    "KINDS",
    "OPERATOR",
    "PUBLIC",
    "USES",
    "Account",
    "AccountManager",
    "FactorMiss",
    "GrantEnded",
    "GrantRow",
    "Linked",
    "Looker",
    "Office",
    "PasswordUsed",
    "Privilege",
    "Provider",
    "Request",
    "Review",
    "ReviewLine",
    "Rule",
    "SeenAs",
    "SignedBy",
    "SubjectRequest",
    "Token",
    "Trace",
    "TraceHead",
    "UsedOnce",
    "Viewed",
]
