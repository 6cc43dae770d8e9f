"""Sends what waits for those who sent reports; what fails comes again later. Never: writes words, decides a right."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

EVERY = timedelta(seconds=5)
log = logging.getLogger("haidang.channels")


def run(now: datetime) -> None:
    from haidang.cases.channels import actions

    if sent := actions.deliver(now):
        log.info("told senders: %s messages", sent)
