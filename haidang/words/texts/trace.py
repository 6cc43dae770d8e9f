"""Texts of the trace: what stops it, how it is told, its pages."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "trace-not-written": Label(
        "Chưa ghi được nhật ký nên chưa thể trả lời. Hãy thử lại sau ít phút.",
        "The trace cannot be written, so nothing is shown. Try again in a few minutes.",
    ),
}
