"""The telephone: an operator writes down what is said (`/cases/new`). Callers are answered by SMS where it is on.

Never: sends anything itself.
"""

from __future__ import annotations

from haidang.cases.channels import Setting

MODE = "form"
SETTINGS: tuple[Setting, ...] = ()
ONGOING = False
AGAIN = False
