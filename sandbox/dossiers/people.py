"""Invented people and companies. Telephone numbers begin with 0900, identity numbers with 000: no such ones exist.

Never: a real person.
"""

from __future__ import annotations

SURNAMES = (
    "Nông",
    "Hoàng",
    "Lương",
    "Vi",
    "Hà",
    "Triệu",
    "Nguyễn",
    "Trần",
    "Lý",
    "Đặng",
    "Bế",
    "Lâm",
    "Dương",
    "Phan",
    "Chu",
    "Lê",
    "Phùng",
    "Mã",
    "Lộc",
    "Đàm",
)
MIDDLES = (
    "Văn",
    "Thị",
    "Đức",
    "Thu",
    "Minh",
    "Hồng",
    "Quang",
    "Ngọc",
    "Thanh",
    "Bích",
    "Xuân",
    "Hải",
    "Thế",
    "Mai",
    "Hữu",
    "Kim",
)
NAMES = (
    "An",
    "Bình",
    "Chung",
    "Dung",
    "Giang",
    "Hà",
    "Hiền",
    "Hoa",
    "Hùng",
    "Huy",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Phong",
    "Quyên",
    "Sơn",
    "Thảo",
    "Thắng",
    "Trang",
    "Tuấn",
    "Vân",
    "Yến",
)
TRADES = ("Thương mại", "Xây dựng", "Vận tải", "Nông sản", "Du lịch", "Xuất nhập khẩu", "Lâm nghiệp", "Dịch vụ")
WORDS = ("Hoa Hồi", "Mẫu Sơn", "Kỳ Cùng", "Tam Thanh", "Chi Lăng", "Bắc Sơn", "Na Rì", "Phai Vệ")


def person(number: int, kind: int) -> tuple[str, str, str]:
    """(name, identity or tax number, telephone) of an invented person or company."""
    phone = f"0900{number % 1000000:06}"
    if kind == 2:
        trade, word = TRADES[number % 8], WORDS[number // 8 % 8]
        return f"Công ty {trade} {word} {number // 64 % 97 + 1}", f"00{number // 7 % 100000000:08}", phone
    name = f"{SURNAMES[number % 20]} {MIDDLES[number // 20 % 16]} {NAMES[number // 320 % 26]}"
    return name, f"000{number // 7 % 1000000000:09}", phone
