"""What the leader reads of the desk: the morning sheet, reminders, the demo's past."""

from __future__ import annotations

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "cli.desk-history": Label(
        "Đã đưa {count} phản ánh mô phỏng của hai tháng qua vào sổ.",
        "{count} simulated reports of the last two months were brought into the desk.",
    ),
}
