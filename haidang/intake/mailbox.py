"""A mailbox over IMAP for rooms above: the connector's own client, guarded and bounded as there. Never: lands a mail.

`values` are the settings of connector `imap` (address, security, username, password, mailbox, ca, timeout).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from haidang.intake.connectors import Order
from haidang.intake.connectors._imap_box import Box
from haidang.network import guard


@contextmanager
def opened(name: str, values: Mapping[str, str], *, trial: bool = False) -> Iterator[Box]:
    """The mailbox, signed in and selected (`trial`: to read only). `uids`, `size`, `read`, `seen`, `validity` of it.

    Raises Unavailable, IntakeStopped('login-refused' | 'mailbox-missing' | 'address-not-allowed' | …).
    """
    order = Order(source=name, values=values, scratch=Path(), networks=guard.allowed(), trial=trial)
    with Box(order) as box:
        yield box


__all__ = ["Box", "opened"]
