"""Crimes: the police's workbook of the month, one line a commune and kind of case.

Volume: about forty-five cases a month over the province (such provinces tell 500 to 600 a year), eight in ten solved.
Never: a case that was.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from sandbox.streams import _police as police
from sandbox.streams._face import Out, World
from sandbox.streams._people import codes, shares
from sandbox.streams._when import growth

NAME = "pham-phap"
SOURCES = ("an-ninh-trat-tu.pham-phap",)
OWN_FAULTS = frozenset({"new-column", "wrong-unit", "clock-wrong"})
USUAL = 46
KINDS = (
    ("Trộm cắp tài sản", 0.34, 0.68),
    ("Cố ý gây thương tích", 0.14, 0.93),
    ("Đánh bạc", 0.1, 0.99),
    ("Lừa đảo chiếm đoạt tài sản", 0.13, 0.58),
    ("Ma túy", 0.17, 0.98),
    ("Buôn lậu, gian lận thương mại", 0.07, 0.96),
    ("Khác", 0.05, 0.85),
)


def rows(world: World, month: date) -> list[dict[str, Any]]:
    """Communes and kinds with at least one case in a month."""
    rng = world.rng(NAME, month)
    busy = USUAL * world.scale / growth(month, 0.03) * (1.25 if month.month in {1, 12} else 1.0)
    count = int(rng.poisson(busy))
    border = np.array([2.5 if code in {"06184", "06172", "06565", "05977"} else 1.0 for code in codes(world)])
    weight = shares(world) * border
    where = rng.choice(len(weight), count, p=weight / weight.sum())
    kind = rng.choice(len(KINDS), count, p=[k[1] for k in KINDS])
    solved = rng.random(count) < np.array([k[2] for k in KINDS])[kind]
    pairs, place, cases = np.unique(where * 10 + kind, return_inverse=True, return_counts=True)
    return [
        {
            "thang": f"{month:%Y-%m}",
            "ma_xa": str(codes(world)[pair // 10]),
            "loai_vu": KINDS[pair % 10][0],
            "so_vu": int(cases[n]),
            "kham_pha": int(solved[place == n].sum()),
            "doi_tuong": int(cases[n] + rng.poisson(0.5 * cases[n])),
            "thiet_hai": int(cases[n] * rng.integers(0, 60)),
        }
        for n, pair in enumerate(pairs)
    ]


FORM = police.Form(
    NAME,
    SOURCES[0],
    "TÌNH HÌNH VI PHẠM PHÁP LUẬT HÌNH SỰ",
    {
        "thang": "Tháng",
        "ma_xa": "Mã xã",
        "loai_vu": "Loại vụ việc",
        "so_vu": "Số vụ",
        "kham_pha": "Số vụ khám phá",
        "doi_tuong": "Số đối tượng",
        "thiet_hai": "Thiệt hại (triệu đồng)",
    },
    ("so_vu", "kham_pha", "doi_tuong", "thiet_hai"),
    rows,
    "thiet_hai",
)


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """The month before, on the third at nine."""
    police.send(FORM, world, (since, until), out)


def history(world: World, since: date, until: date, folder: Path) -> None:
    """Every month already sent."""
    police.history(FORM, world, (since, until), folder)
