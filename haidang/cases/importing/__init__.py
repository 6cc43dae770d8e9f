"""Cases of another program, with their history: one face, `bring`. Never: takes a row twice, tells a sender."""

from __future__ import annotations

from haidang.cases.importing.actions import bring
from haidang.cases.importing.brought import Aside, Brought, Happened, Imported

__all__ = ["Aside", "Brought", "Happened", "Imported", "bring"]
