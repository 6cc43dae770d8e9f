"""The citizen's page installed on a phone (`/cong/`): reports come by it, late too; browsers are told by `cases.push`.

Never: sends anything itself.
"""

from __future__ import annotations

from haidang.cases.channels import Setting

MODE = "form"
SETTINGS: tuple[Setting, ...] = (Setting("push_hosts", kind="long"),)
ONGOING = False
AGAIN = False
