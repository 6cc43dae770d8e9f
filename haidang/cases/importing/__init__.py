"""Cases of another program, with their history: `rows` reads a file, `bring` writes them.

Never: takes a row twice, tells a sender.
"""

from __future__ import annotations

from haidang.cases.importing.actions import bring
from haidang.cases.importing.brought import Aside, Brought, Happened, Imported
from haidang.cases.importing.mapping import FileMap, mapping, rows

__all__ = ["Aside", "Brought", "FileMap", "Happened", "Imported", "bring", "mapping", "rows"]
