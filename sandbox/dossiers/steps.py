"""The progress of a dossier, step by step (service CapNhatTienDoHoSoMC). Never: a step still to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.dossiers.book import COLUMNS
from sandbox.dossiers.fields import promise, stamp
from sandbox.dossiers.states import EVENTS

STEPS = {
    1: ("Công dân", "Nộp hồ sơ trực tuyến"),
    2: ("Bộ phận Một cửa", "Tiếp nhận hồ sơ và hẹn trả kết quả"),
    3: ("Bộ phận Một cửa", "Từ chối tiếp nhận hồ sơ"),
    4: ("Phòng chuyên môn", "Thẩm định, xử lý hồ sơ"),
    5: ("Phòng chuyên môn", "Yêu cầu bổ sung giấy tờ"),
    6: ("Phòng chuyên môn", "Yêu cầu thực hiện nghĩa vụ tài chính"),
    7: ("Bộ phận Một cửa", "Công dân rút hồ sơ"),
    8: ("Phòng chuyên môn", "Dừng xử lý hồ sơ"),
    9: ("Lãnh đạo đơn vị", "Ký duyệt, xử lý xong"),
    10: ("Bộ phận Một cửa", "Trả kết quả"),
}


def progress(row: Sequence[Any], since: int) -> list[dict[str, str]]:
    """The progress records of a dossier from `since` to its last change."""
    at = dict(zip(COLUMNS, row, strict=True))
    due = stamp(promise(at["doi"], (at["hen_dau"], at["hen_1"], at["hen_2"]), (at["da_bo_sung_1"], at["da_bo_sung_2"])))
    told, seen = [], -1
    for name, status in EVENTS:
        moment = at[name]
        if not max(since, seen) <= moment <= at["doi"] or (name == "nop" and moment == at["tiep_nhan"]):
            continue
        seen = moment
        now = status or at["ket_qua"]
        room, what = STEPS[now]
        told.append(
            {
                "MaHoSo": at["ma"],
                "NguoiXuLy": f"Cán bộ mô phỏng {at['don_vi'] + 1}",
                "ChucDanh": "Chuyên viên",
                "ThoiDiemXuLy": stamp(moment),
                "PhongBanXuLy": room,
                "NoiDungXuLy": what,
                "TrangThai": str(now),
                "NgayBatDau": stamp(moment),
                "NgayKetThucTheoQuyDinh": due,
            }
        )
    return told
