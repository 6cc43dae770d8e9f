"""A folder over SFTP: the same as `folder`, on another machine (docs/connectors.md).

The other machine's key must be known: a machine that only says it is the right one is not believed. Modules beside it:
`_sftp_tree` speaks the protocol, `_drops` knows which files are whole. Never: follows a link over there.
"""

from __future__ import annotations

from collections.abc import Iterator

from haidang.intake.connectors import Order, Parcel, Setting, _drops

MODE = "pull"
SETTINGS = (
    Setting("address", required=True, kind="address"),
    Setting("host_key", kind="long"),
    Setting("username", required=True),
    Setting("password", secret=True),
    Setting("private_key", secret=True, kind="long"),
    Setting("passphrase", secret=True),
    Setting("path", home="either", default="."),
    *_drops.SETTINGS,
    Setting("timeout", home="either", default="30", kind="integer"),
)


def fetch(order: Order) -> Iterator[Parcel]:
    """One parcel a file, by name. Raises Unavailable, IntakeStopped('host-key-changed' | 'login-refused' …)."""
    from haidang.intake.connectors._sftp_tree import Tree  # the library is loaded when a source needs it

    with Tree(order) as tree:
        yield from _drops.fetch(order, tree)
