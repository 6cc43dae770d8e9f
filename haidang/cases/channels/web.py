"""The web form: reports come by pages of ours (`/cong/`). Whoever left an address or a number is answered by it.

Never: sends anything itself.
"""

from __future__ import annotations

from haidang.cases.channels import Setting

MODE = "form"
SETTINGS: tuple[Setting, ...] = ()
ONGOING = False
AGAIN = False
