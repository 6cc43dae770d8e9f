"""Words for those who may not read more: a run that stopped. Never: logic."""

from __future__ import annotations

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "run.stopped-why": Label(
        "Lý do chỉ hiện với người nạp hoặc sửa bộ dữ liệu này.", "Why is shown to those who feed or mend this dataset."
    ),
}
