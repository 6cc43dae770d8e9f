"""To which networks a source may lead: the guard of the whole centre (haidang.network.guard) under its first name.

Never: holds a rule of its own.
"""

from __future__ import annotations

from haidang.network.guard import NEVER, PORTS, allowed, check, host, pinned, shown

__all__ = ["NEVER", "PORTS", "allowed", "check", "host", "pinned", "shown"]
