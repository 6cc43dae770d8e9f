"""What tells who sent a report leaves its text: every writing of a number and a name; what is no such thing stays."""

from __future__ import annotations

import pytest

from haidang.cases.clean import EMAIL, NAME, PAPER, PHONE, cleaned, plain, without

OWN = ("Nguyễn Văn Thử", "0912345678", "thu.nguyen@vidu.vn", "Số 5, phố Muối")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("gọi 0912 345 678 nhé", f"gọi {PHONE} nhé"),
        ("gọi (0912) 345-678", f"gọi {PHONE}"),
        ("gọi +84 912.345.678", f"gọi {PHONE}"),
        ("gọi 84912345678.", f"gọi {PHONE}."),
        ("gọi 09\u200b12345678", f"gọi {PHONE}"),
        ("máy bàn 0205 3870 123", f"máy bàn {PHONE}"),
        ("thư: Ai.Do+1@vi-du.com.vn ạ", f"thư: {EMAIL} ạ"),
        ("căn cước 020123456789", f"căn cước {PAPER}"),
        ("tôi là Trần Thị Hoa ở thôn 5", f"tôi là {NAME} ở thôn 5"),
        ("Họ tên: Lê Hồng Phong, hàng xóm", f"Họ tên: {NAME}, hàng xóm"),
        ("nguyen van thu gui", f"{NAME} gui"),
        ("NGUYỄN  VĂN\nTHỬ gửi", f"{NAME} gửi"),
        ("Nguye\u0302\u0303n Va\u0306n Thu\u031b\u0309 gửi", f"{NAME} gửi"),
        ("nhà số 5 phố muối", f"nhà {NAME}"),
        ("THU.NGUYEN@VIDU.VN", EMAIL),
    ],
)
def test_taken_out(said: str, kept: str) -> None:
    assert cleaned(said, OWN) == kept


@pytest.mark.parametrize(
    "said",
    [
        "tôi là người dân thôn Bản Áng",
        "tôi là Giám sát viên công trình",
        "đường 234B, km 1021, tổng đài 1022",
        "giá 5.000.000.000 đồng",
        "ngày 22/11/2026 lúc 07:30, tuyến 1234567",
        "Nguyễn Văn Trỗi",
    ],
)
def test_stays(said: str) -> None:
    assert cleaned(said, OWN) == said


def test_a_lone_word_is_no_name() -> None:
    assert cleaned("mùi hương ở phường Hoàng Văn Thụ", ("Hương", "Thu")) == "mùi hương ở phường Hoàng Văn Thụ"


def test_an_officer_keeps_the_hotline_but_not_the_sender() -> None:
    words = "Đã gọi anh Nguyễn Văn Thử (84 912 345 678); đường dây nóng 0205 3812 345"
    assert without(words, OWN) == f"Đã gọi anh {NAME} ({PHONE}); đường dây nóng 0205 3812 345"


def test_signs_nobody_sees_are_gone() -> None:
    assert plain("a\x00b\u202ec\r\nd\te\ud800") == "abc\nd\te"
