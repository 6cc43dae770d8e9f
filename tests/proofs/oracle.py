"""Who may see what, told apart from the gate: places as explicit sets, levels by their order, grants one by one.

Written from docs/gate.md. Never asks `haidang.access.decide`, `cut`, `standing` or the register of places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proofs.canaries import Book, Canary, Need, Numbers, Way

PUBLIC, INTERNAL, RESTRICTED, PERSONAL = range(4)
LEVELS = ("public", "internal", "restricted", "personal")
ANY = "*"

# The world's places. In 2025 old Bình Thuận (60), Đắk Nông (67) and Lâm Đồng (68) became one; Đồng Đăng took in Hồng
# Phong whole; Đình Lập (06622) was divided between two.
LANG_SON, BINH_THUAN, DAK_NONG, OLD_LAM_DONG, LAM_DONG = (
    "20@1976-07-02",
    "60@1976-07-02",
    "67@2004-01-01",
    "68@1976-07-02",
    "68@2025-07-01",
)
DONG_DANG, OLD_DONG_DANG, JOINED = "06184@2025-07-01", "06184@1976-07-02", "06190@1976-07-02"
DINH_LAP, KIEN_MOC, OLD_DINH_LAP, DIVIDED = (
    "06613@2025-07-01",
    "06625@2025-07-01",
    "06613@1976-07-02",
    "06622@1976-07-02",
)
MUI_NE, OLD_MUI_NE = "22918@2025-07-01", "22918@1976-07-02"
COUNTRY = "VN@1976-07-02"
NOWHERE = ""

_DONG_DANG = {DONG_DANG, OLD_DONG_DANG, JOINED}
_LANG_SON = {LANG_SON, *_DONG_DANG, DINH_LAP, KIEN_MOC, OLD_DINH_LAP, DIVIDED, NOWHERE}
_MUI_NE = {MUI_NE, OLD_MUI_NE}
_LAM_DONG = {LAM_DONG, OLD_LAM_DONG, BINH_THUAN, DAK_NONG, *_MUI_NE}

INSIDE: dict[str, frozenset[str]] = {
    COUNTRY: frozenset({COUNTRY, *_LANG_SON, *_LAM_DONG}),
    LANG_SON: frozenset(_LANG_SON),
    LAM_DONG: frozenset(_LAM_DONG),
    # All of Mũi Né of today lies on the ground old Bình Thuận had.
    BINH_THUAN: frozenset({BINH_THUAN, *_MUI_NE}),
    DAK_NONG: frozenset({DAK_NONG}),
    OLD_LAM_DONG: frozenset({OLD_LAM_DONG}),
    DONG_DANG: frozenset(_DONG_DANG),
    OLD_DONG_DANG: frozenset({OLD_DONG_DANG}),
    JOINED: frozenset({JOINED}),
    DINH_LAP: frozenset({DINH_LAP, OLD_DINH_LAP}),
    KIEN_MOC: frozenset({KIEN_MOC}),
    DIVIDED: frozenset({DIVIDED}),
    OLD_DINH_LAP: frozenset({OLD_DINH_LAP}),
    MUI_NE: frozenset(_MUI_NE),
    OLD_MUI_NE: frozenset({OLD_MUI_NE}),
}
"""Place of a grant → the units of this world wholly inside its ground."""


@dataclass(frozen=True)
class Right:
    """One grant that counts for the one who looks."""

    action: str
    pack: str
    place: str
    level: int


@dataclass(frozen=True)
class Scope:
    """What one may: the grants that count, and who one is."""

    rights: tuple[Right, ...]
    name: str = ""
    kind: str = "officer"
    purpose: bool = False

    def may(self, need: Need) -> bool:
        return (self.purpose or not need.purpose) and any(self._gives(right, need) for right in self.rights)

    def _gives(self, right: Right, need: Need) -> bool:
        if right.action not in (*need.actions, ANY) or right.pack not in (need.pack, ANY) or right.level < need.level:
            return False
        return ANY in (right.place, need.unit) or need.unit in INSIDE[right.place]

    def all(self, way: Way) -> bool:
        return all(self.may(need) for need in way)

    def sees(self, canary: Canary) -> bool:
        if (canary.who and self.name not in canary.who) or (canary.kinds and self.kind not in canary.kinds):
            return False
        return not canary.ways or any(self.all(way) for way in canary.ways)

    def counts(self, numbers: Numbers, rows: Iterable[int]) -> bool:
        """Whether every row beneath a number is one's own to see."""
        return all(self.may(numbers.rows[row]) for row in rows)


def leaks(scope: Scope, book: Book, text: str) -> list[str]:
    """What stands in a text that this scope does not hold."""
    words = [f"{one.word} {one.about}" for one in book.found(text) if not scope.sees(one)]
    counted = book.counted(text)
    numbers = [
        f"{written}: {one.dataset} {sorted(rows)}" for one, rows, written in counted if not scope.counts(one, rows)
    ]
    return words + numbers
