"""Texts of data contracts: what a contract says and a pack cannot."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "not-a-contract": Label(
        "Tệp không phải là hợp đồng dữ liệu ODCS đọc được: {found}.",
        "The file is no ODCS contract we can read: {found}.",
    ),
    "contract-version": Label(
        "Phiên bản “{found}” lạ; đọc như {expected}.", "The version “{found}” is not known; read as {expected}."
    ),
    "contract-schema-left": Label(
        "Mỗi lần nhập một bộ dữ liệu: bỏ qua “{found}”.", "One dataset at a time: “{found}” is left out."
    ),
    "contract-type": Label(
        "Kiểu “{found}” không có ở đây, để là chữ. Có: {expected}.",
        "No type “{found}” here, taken as text. Known: {expected}.",
    ),
    "contract-option": Label("Không nói được “{found}” trong gói.", "A pack cannot say “{found}”."),
    "contract-level": Label(
        "Mức bảo mật “{found}” lạ, để là nội bộ. Có: {expected}.",
        "The classification “{found}” is not known, taken as internal. Known: {expected}.",
    ),
    "contract-no-key": Label(
        "“{found}” không nói khóa ({expected}): tạm lấy cột đầu, hãy sửa lại.",
        "“{found}” names no key ({expected}): the first column is taken, mend it.",
    ),
    "contract-no-period": Label(
        "“{found}” không nói cột thời gian: tạm lấy cột kiểu {expected} đầu tiên, hãy sửa lại.",
        "“{found}” names no column of time: the first one of {expected} is taken, mend it.",
    ),
    "contract-rule": Label(
        "Quy tắc “{found}” không nói được trong gói, bỏ qua.", "A pack cannot say the rule “{found}”; left out."
    ),
    "contract-server": Label(
        "Máy chủ kiểu “{found}” không thành nguồn: hãy khai báo nguồn và kết nối.",
        "A server of type “{found}” makes no source: declare one and connect it.",
    ),
    "cli.help.contract": Label(
        "Xuất hoặc nhập hợp đồng dữ liệu theo chuẩn ODCS 3.1", "Export or import data contracts (ODCS 3.1)"
    ),
    "cli.contract.written": Label("Đã ghi {path}", "Written: {path}"),
    "cli.contract.kept": Label("Đã có, giữ nguyên: {path}", "There already, kept: {path}"),
}
