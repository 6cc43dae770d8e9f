"""`haidang notices`: what somebody was told."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from haidang.cli import machine, show
from haidang.words.texts import text


def arguments(parser: ArgumentParser) -> None:
    show.add_as(parser)
    parser.add_argument("--unread", action="store_true")
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--read", action="store_true")


def run(options: Namespace) -> None:
    """Only one's own; `--read` marks them as read afterwards."""
    from django.utils import timezone

    from haidang.watch import actions, reads

    who = machine.actor(options.who)
    found = reads.notices(who, options.unread, max(1, options.limit))
    if options.json:
        show.as_json({"notices": [{**asdict(one), "text": one.sentence(options.lang)} for one in found]})
    else:
        rows = [[f"{timezone.localtime(one.at):%d/%m/%Y %H:%M}", one.sentence(options.lang), one.mail] for one in found]
        show.table(text("cli.notices", options.lang, total=len(rows)), ("at", "text", "mail"), rows)
    if options.read:
        actions.read(who, 0)
