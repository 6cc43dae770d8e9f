"""Texts of the further checks: why a row was set aside or marked by them."""

from haidang.words.nouns import Label

REASONS: dict[str, Label] = {
    "exists": Label("Không có trong bộ dữ liệu gốc", "Not known to the dataset it refers to"),
    "clock": Label("Thời điểm không thể có (đồng hồ sai?)", "A moment that cannot be (a wrong clock?)"),
    "order": Label("Các mốc thời gian ngược nhau", "Moments in the wrong order"),
    "unit": Label("Sai đơn vị đo", "Another unit than declared"),
    "history": Label("Số dòng của kỳ khác hẳn các kỳ trước", "The period has far other row counts than those before"),
}

TEXTS: dict[str, Label] = {
    "drift-new-column": Label(
        "Cột mới “{found}” chưa khai báo: các cột khác vẫn nạp. Gần nhất: {nearest}.",
        "A new column “{found}” is not declared; the others land as before. Nearest: {nearest}.",
    ),
    "drift-missing-column": Label(
        "Không còn cột “{found}” như lần trước. Tiêu đề gần nhất: {nearest}.",
        "The column “{found}” of the last arrival is gone. The nearest heading: {nearest}.",
    ),
    "drift-renamed-column": Label(
        "Tiêu đề “{found}” có lẽ là cột “{nearest}” đổi tên: cần khai báo thêm tên gọi.",
        "The heading “{found}” may be the column “{nearest}” renamed: add it to the column's names.",
    ),
    "drift-type-changed": Label(
        "Mọi giá trị của cột “{found}” đều sai: nguồn có lẽ đã đổi cách ghi. {nearest}",
        "Every value of the column “{found}” is at fault: the source may write it otherwise now. {nearest}",
    ),
    "not-a-span": Label(
        "“{found}” không phải là một khoảng thời gian. Ví dụ: {expected}.",
        "“{found}” is no span of time. For example: {expected}.",
    ),
}

for _kind, _vi, _en in (
    ("new-column", "{title}: có cột mới “{found}” chưa khai báo.", "{title}: a new column “{found}”, not declared."),
    (
        "missing-column",
        "{title}: không còn cột “{found}”. Tiêu đề gần nhất: {nearest}.",
        "{title}: the column “{found}” is gone. The nearest heading: {nearest}.",
    ),
    (
        "renamed-column",
        "{title}: tiêu đề “{found}” có lẽ là cột “{nearest}” đổi tên.",
        "{title}: the heading “{found}” may be the column “{nearest}” renamed.",
    ),
    (
        "type-changed",
        "{title}: mọi giá trị của cột “{found}” đều sai, các dòng ấy được để riêng.",
        "{title}: every value of the column “{found}” is at fault; those rows are set aside.",
    ),
):
    TEXTS[f"notice.drift-{_kind}"] = Label(_vi, _en)
    TEXTS[f"notice.drift-{_kind}.title"] = Label("Dữ liệu đổi dạng: {title}", "Data of another shape: {title}")

for _code, _label in REASONS.items():
    TEXTS[f"reason.{_code}"] = _label
    TEXTS[_code] = Label(
        f"{_label.vi}: “{{found}}”. Yêu cầu: {{expected}}", f"{_label.en}: “{{found}}”. Expected: {{expected}}"
    )
