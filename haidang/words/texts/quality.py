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
    "not-a-span": Label(
        "“{found}” không phải là một khoảng thời gian. Ví dụ: {expected}.",
        "“{found}” is no span of time. For example: {expected}.",
    ),
}

for _code, _label in REASONS.items():
    TEXTS[f"reason.{_code}"] = _label
    TEXTS[_code] = Label(
        f"{_label.vi}: “{{found}}”. Yêu cầu: {{expected}}", f"{_label.en}: “{{found}}”. Expected: {{expected}}"
    )
