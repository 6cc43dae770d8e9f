"""A row of the table as the fields of the one-stop system's API: real names, dates yyyyMMddHHmmss in Việt Nam time.

`NgayNop`, `NgayCapNhat`, `SoLanYeuCauBoSung`, `NgayYeuCauBoSung` are this system's own additions.
Never: tells of anything that has not happened at the dossier's last change.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sandbox.clock import VN
from sandbox.dossiers.book import COLUMNS, OVER
from sandbox.dossiers.catalogue import procedures, units
from sandbox.dossiers.people import person

FLAT = (
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "MaLinhVuc",
    "TenLinhVuc",
    "ChuHoSo",
    "LoaiDoiTuong",
    "MaDoiTuong",
    "ThongTinKhac",
    "Email",
    "Fax",
    "SoDienThoai",
    "TrichYeuHoSo",
    "NgayTiepNhan",
    "NgayHenTra",
    "TrangThaiHoSo",
    "NgayTra",
    "ThongTinTra",
    "HinhThuc",
    "NgayKetThucXuLy",
    "DonViXuLy",
    "MaDonVi",
    "GhiChu",
    "KenhThucHien",
    "TaiKhoanDuocXacThucVoiVNeID",
    "DuocThanhToanTrucTuyen",
    "HoSoCoThanhPhanSoHoa",
    "MaCSDL",
    "ThoiGianGiaiQuyet",
    "DonViTinh",
    "MucDo",
    "NgayNop",
    "NgayCapNhat",
    "SoLanYeuCauBoSung",
    "NgayYeuCauBoSung",
)
LISTS = ("TaiLieuNop", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung", "DanhSachGiayToKetQua")
HEADING = FLAT + LISTS
CLOCK = [f"{s // 3600:02}{s // 60 % 60:02}{s % 60:02}" for s in range(86400)]
SELECT = f"select {', '.join(COLUMNS)} from ho_so"
TEMPLATE = "{" + ",".join(f'"{name}":"%s"' for name in FLAT) + "," + ",".join(f'"{name}":%s' for name in LISTS) + "}"


class _Days(dict[int, str]):
    """Day since 1970 (Việt Nam) → yyyymmdd."""

    def __missing__(self, day: int) -> str:
        made: str = (datetime(1970, 1, 1) + timedelta(days=day)).strftime("%Y%m%d")
        self[day] = made
        return made


DAYS = _Days()


def stamp(moment: int) -> str:
    """yyyyMMddHHmmss in Việt Nam time; empty for what has not happened."""
    if moment >= OVER:
        return ""
    day, clock = divmod(moment + 25200, 86400)
    return DAYS[day] + CLOCK[clock]


def unstamp(text: str) -> int:
    """Seconds since 1970 (UTC) of yyyyMMddHHmmss. Raises ValueError."""
    return int(datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VN).timestamp())


@lru_cache(maxsize=1)
def _of_procedure() -> list[tuple[str, str, str, str, str, str, str]]:
    return [(p.code, p.name, p.field, p.field_name, str(p.time), p.unit, p.level) for p in procedures()]


@lru_cache(maxsize=1)
def _of_unit() -> list[tuple[str, str, str]]:
    return [(u.name, u.code, u.place) for u in units()]


def values(row: Sequence[Any]) -> tuple[str, ...]:
    """The fields of HEADING as text, the lists as JSON. `row` holds the columns of `book.COLUMNS`."""
    (ma, _, _, don_vi, tthc, kenh, kind, who, vneid, pay, digital, fee, nop, received, _, due, due_1, due_2,
     ask_1, back_1, ask_2, back_2, _, _, ended, _, _, status, changed, _) = row  # fmt: skip
    code, name, field, field_name, time, unit, level = _of_procedure()[tthc]
    unit_name, unit_code, _ = _of_unit()[don_vi]
    owner, identity, phone = person(who, kind)
    due = promise(changed, (due, due_1, due_2), (back_1, back_2)) if received <= changed else OVER
    asks = (ask_1 <= changed) + (ask_2 <= changed)
    waiting = stamp(ask_2 if asks == 2 else ask_1) if status == 5 else ""
    done, given = status in {7, 8, 9, 10, 3}, status == 10
    way = str(int(given and kenh == 1))
    handed = ("Trả tại bộ phận Một cửa" if kenh == 1 else "Trả kết quả điện tử") if given else ""
    end = stamp(ended) if done and ended <= changed else ""
    flat = (
        ma, code, name, field, field_name, owner, str(kind), identity, "Dữ liệu mô phỏng", "", "", phone, name,
        stamp(received) if received <= changed else "", stamp(due), str(status), stamp(changed) if given else "",
        handed, way, end, unit_name, unit_code, "", str(kenh), str(vneid), str(pay), str(digital),
        "CSDLDC" if digital and vneid else "", time, unit, level, stamp(nop), stamp(changed), str(asks), waiting,
    )  # fmt: skip
    return (
        *flat,
        *_lists(ma, fee, digital),
        _asked(ma, asks, row) if asks else "[]",
        _result(ma, level) if given else "[]",
    )


def promise(changed: int, dues: tuple[int, int, int], backs: tuple[int, int]) -> int:
    """The promised day as it stands: moved by each request whose papers have come."""
    return dues[2] if backs[1] <= changed else dues[1] if backs[0] <= changed else dues[0]


def _lists(ma: str, fee: int, digital: int) -> tuple[str, str, str]:
    """TaiLieuNop, DanhSachLePhi, DanhSachTepDinhKemKhac."""
    papers = (
        f'[{{"TepDinhKemId":"{ma}-1","TenTepDinhKem":"to-khai.pdf","IsDeleted":"0","MaThanhPhanHoSo":"TP01",'
        f'"DuongDanTaiTepTin":"/tep/{ma}/1","DuocSoHoa":"{digital}","DuocLayTuKhoDMQG":"0"}}]'
    )
    fees = (
        f'[{{"TenPhiLePhi":"Phí, lệ phí","MaPhiLePhi":"LP01","HinhThucThu":"1","Gia":"{fee}","LoaiPhiLePhi":"1"}}]'
        if fee
        else "[]"
    )
    return papers, fees, "[]"


def _asked(ma: str, asks: int, row: Sequence[Any]) -> str:
    """DanhSachHoSoBoSung as far as it has come."""
    at = {
        name: row[COLUMNS.index(name)]
        for name in ("bo_sung_1", "da_bo_sung_1", "bo_sung_2", "da_bo_sung_2", "hen_dau", "hen_1", "hen_2")
    }
    changed = row[COLUMNS.index("doi")]
    stages = (("bo_sung_1", "da_bo_sung_1", "hen_dau", "hen_1"), ("bo_sung_2", "da_bo_sung_2", "hen_1", "hen_2"))[:asks]
    told: list[dict[str, Any]] = []
    for number, (ask, back, before, after) in enumerate(stages, 1):
        came = at[back] <= changed
        told.append(
            {
                "HoSoBoSungId": f"{ma}-BS{number}",
                "NguoiYeuCauBoSung": "Phòng chuyên môn",
                "NoiDungBoSung": "Bổ sung giấy tờ còn thiếu",
                "NgayBoSung": stamp(at[ask]),
                "NguoiTiepNhanBoSung": "Bộ phận Một cửa" if came else "",
                "ThongTinTiepNhan": "",
                "NgayTiepNhanBoSung": stamp(at[back]) if came else "",
                "TrangThaiBoSung": "1" if came else "0",
                "DanhSachGiayToBoSung": [],
                "DanhSachLePhiBoSung": [],
                "NgayHenTraTruoc": stamp(at[before]),
                "NgayHenTraMoi": stamp(at[after]) if came else "",
            }
        )
    return json.dumps(told, ensure_ascii=False)


def _result(ma: str, level: str) -> str:
    link = f"/ket-qua/{ma}" if level == "toan-trinh" else ""
    return (
        f'[{{"TenGiayTo":"Kết quả giải quyết","MaThanhPhanHoSo":"KQ01","GiayToId":"{ma}-KQ","MaKetQua":"KQ-{ma}",'
        f'"DuongDanTepTinKetQua":"{link}"}}]'
    )


def as_json(row: Sequence[Any]) -> str:
    """One dossier of `data`. The texts hold no character that JSON must escape (a test proves it)."""
    return TEMPLATE % values(row)
