"""Fires: the fire police's workbook of the month, one line a fire.

Volume: four or five a month, more in the dry cold (November to March), forest fires then; damage in million đồng.
Never: a fire that was.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox.streams import _police as police
from sandbox.streams._face import Out, World
from sandbox.streams._people import codes, shares
from sandbox.streams._when import cold

NAME = "vu-chay"
SOURCES = ("an-ninh-trat-tu.vu-chay",)
OWN_FAULTS = frozenset({"new-column", "wrong-unit", "clock-wrong"})
USUAL = 4.6
KINDS = ("Nhà dân", "Cơ sở sản xuất, kho", "Phương tiện giao thông", "Rừng", "Chợ, cửa hàng")
CAUSES = ("Sự cố điện", "Sơ suất dùng lửa", "Đốt nương", "Đang điều tra")


def rows(world: World, month: date) -> list[dict[str, Any]]:
    """The fires of a month."""
    rng = world.rng(NAME, month)
    dry = max(0.0, cold(month))
    shares_of = [0.42, 0.13, 0.17, 0.08 + 0.25 * dry, 0.12]
    found = []
    for number in range(int(rng.poisson(USUAL * world.scale * (0.75 + 0.8 * dry)))):
        kind = int(rng.choice(5, p=[s / sum(shares_of) for s in shares_of]))
        day = month + timedelta(days=int(rng.integers(0, 28)))
        found.append(
            {
                "thang": f"{month:%Y-%m}",
                "ma_vu": f"C{month:%y%m}{number + 1:02d}",
                "ngay": f"{day:%d/%m/%Y}",
                "ma_xa": str(rng.choice(codes(world), p=shares(world))),
                "loai_chay": KINDS[kind],
                "nguyen_nhan": str(
                    rng.choice(CAUSES, p=[0.48, 0.2, 0.22, 0.1] if kind == 3 else [0.58, 0.2, 0.02, 0.2])
                ),
                "chet": int(rng.random() < 0.03),
                "bi_thuong": int(rng.random() < 0.08),
                "thiet_hai": int(rng.lognormal(4.6, 1.2)),
                "dien_tich_rung": round(float(rng.gamma(1.5, 2)), 1) if kind == 3 else 0,
            }
        )
    return found


FORM = police.Form(
    NAME,
    SOURCES[0],
    "TÌNH HÌNH CHÁY",
    {
        "thang": "Tháng",
        "ma_vu": "Mã vụ",
        "ngay": "Ngày xảy ra",
        "ma_xa": "Mã xã",
        "loai_chay": "Loại hình cháy",
        "nguyen_nhan": "Nguyên nhân",
        "chet": "Số người chết",
        "bi_thuong": "Số người bị thương",
        "thiet_hai": "Thiệt hại (triệu đồng)",
        "dien_tich_rung": "Diện tích rừng cháy (ha)",
    },
    ("thiet_hai", "chet", "bi_thuong", "dien_tich_rung"),
    rows,
    "thiet_hai",
)


def tick(world: World, since: datetime, until: datetime, out: Out) -> None:
    """The month before, on the third at nine."""
    police.send(FORM, world, (since, until), out)


def history(world: World, since: date, until: date, folder: Path) -> None:
    """Every month already sent."""
    police.history(FORM, world, (since, until), folder)
