"""Looks into the mailboxes of desks, and fetches files that messages of chats name. Never: sends, decides a right."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

EVERY = timedelta(seconds=20)
log = logging.getLogger("haidang.channels")


def run(now: datetime) -> None:
    from haidang.cases.channels import actions

    came, whole = actions.collect(now), actions.fetch_files(now)
    if came or whole:
        log.info("mailboxes: %s reports and answers; files of %s messages fetched", came, whole)
