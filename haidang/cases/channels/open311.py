"""Open311 GeoReport v2: apps and other centres send reports by `/open311/v2/`, and we forward ours to another server.

Whoever sent one reads how far it is by its id; where an address was left the other kinds answer too.
Never: sends anything itself (forwarding is `cases.forwarding`).
"""

from __future__ import annotations

from haidang.cases.channels import Setting

MODE = "form"
SETTINGS: tuple[Setting, ...] = (
    Setting("who", default="anybody", choices=("anybody", "key")),
    Setting("answer", default="id", choices=("id", "token")),
    Setting("server", kind="address"),
    Setting("jurisdiction"),
    Setting("api_key", secret=True),
    Setting("services", kind="long"),
)
"""`who`: whether a report needs a key. `answer`: its id at once, or a token it is asked by. The others: the server
reports are forwarded to, and which category is which service there (`rac-thai = 002`, a line each)."""
ONGOING = False
AGAIN = False
