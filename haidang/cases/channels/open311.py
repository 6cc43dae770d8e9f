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
    Setting("office"),
    Setting("server", kind="address"),
    Setting("jurisdiction"),
    Setting("api_key", secret=True),
    Setting("services", kind="long"),
)
"""`who`: whether a report needs a key. `answer`: its id at once, or a token it is asked by. The others are of
forwarding: what is assigned to `office` goes to `server` (its root, `https://…/open311/v2`), each category as the
service there that `services` names (`rac-thai = 002` a line, `* = 001` for all others)."""
ONGOING = False
AGAIN = False
