"""The telephone: an operator writes down what is said (`/cases/new`). Callers are answered by SMS where it is on.

The exchange pushes its calls to `/hooks/desk/call`, signed with the secret kept here (`cases.calls`).
Never: sends anything itself.
"""

from __future__ import annotations

from haidang.cases.channels import Setting

MODE = "form"
SETTINGS: tuple[Setting, ...] = (
    Setting("secret", secret=True),
    Setting("old_secret", secret=True),
    Setting("agents", kind="long"),
)
ONGOING = False
AGAIN = False
