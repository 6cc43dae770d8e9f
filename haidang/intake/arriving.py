"""What a person sends, looked at before a byte of it is kept: its name, and what its first bytes say it is.

The rest is proved at landing (formats), in a process apart. Never: reads a table, keeps anything.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from haidang.intake.formats.limits import HEAD
from haidang.intake.formats.refuse import stop
from haidang.intake.formats.sniff import foreign
from haidang.words.errors import IntakeStopped

LONGEST = 200
_RUNS = """
app asp aspx bat bin cgi chm cmd com cpl dll dmg docm dotm elf exe hta iso jar js jse jsp jspx lnk mht mhtml
mjs msi php phtml pif pl potm ppam pptm ps1 py pyc rb reg scr sh shtml sldm svg swf url vb vbe vbs wasm wsf
wsh xhtml xlam xlsb xltm xht xsl xslt
"""
RUNS = frozenset(_RUNS.split())
"""Endings of what some machine would run; none of them is a table, wherever in the name it stands."""

_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def proved(file: Path, name: str) -> str:
    """The name to keep it by (NFC); raises IntakeStopped('file-name' | 'file-runs' | 'not-a-table-file')."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > LONGEST or name.startswith(".") or name.endswith(".") or _hides(name):
        raise IntakeStopped("file-name", found=_shown(name))
    if risky := sorted(RUNS & {part.strip() for part in name.lower().split(".")[1:]}):
        raise IntakeStopped("file-runs", found=_shown(name), ending=risky[0])
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    if what := foreign(head, file):
        raise stop("not-a-table-file", name, found=what)
    return name


def _hides(name: str) -> bool:
    """A path, or letters one does not see: they make a name read otherwise than it is."""
    return any(letter in '/\\:*?"<>|' or unicodedata.category(letter) in _HIDDEN for letter in name)


def _shown(name: str) -> str:
    return "".join("·" if unicodedata.category(letter) in _HIDDEN else letter for letter in name)[:80]
