"""A mailbox over IMAP: what allowed senders sent, as attachments or whole mails (docs/connectors.md).

Mails are known by their UID: the cursor keeps the last one read, so that one somebody opened is still taken. The first
time only unseen ones are. What others sent is left where it is and noted in the log. Modules beside it: `_imap_box`
speaks the protocol, `_imap_mail` takes a mail apart. Never: believes more of a sender than the mail server proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from haidang.intake.connectors import Order, Parcel, Setting

MODE = "pull"
SETTINGS = (
    Setting("address", required=True, kind="address"),
    Setting("security", default="tls", choices=("tls", "starttls", "none")),
    Setting("username", required=True),
    Setting("password", required=True, secret=True),
    Setting("senders", required=True, kind="long"),
    Setting("proof", home="either"),
    Setting("mailbox", default="INBOX"),
    Setting("take", home="either", default="attachments", choices=("attachments", "mail")),
    Setting("pattern", home="either", default="*.xlsx;*.xls;*.csv;*.xml;*.json;*.zip"),
    Setting("after", home="either", default="seen", choices=("seen", "move", "leave")),
    Setting("move_to", default="DaNhan"),
    Setting("most_mails", home="either", default="200", kind="integer"),
    Setting("ca", kind="long"),
    Setting("timeout", home="either", default="30", kind="integer"),
)


def fetch(order: Order) -> Iterator[Parcel]:
    """One parcel an attachment (or a mail), by UID. Raises Unavailable, IntakeStopped('login-refused' …)."""
    from haidang.intake.connectors._imap_box import Box
    from haidang.intake.connectors._imap_mail import Round, senders

    senders(order.value("senders"))  # told before anybody logs in
    with Box(order) as box:
        yield from Round(order, box).parcels()
