"""Texts of the errors every room may raise."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "no-grant": Label(
        "Không có nội dung này, hoặc anh/chị chưa được cấp quyền xem.", "Nothing here, or you have no right to see it."
    ),
    "not-a-period": Label(
        "“{found}” không phải là một kỳ. Viết 2018, 2018-Q3, 2018-09, 2018-09-30, latest hoặc A..B.",
        "“{found}” is not a period. Write 2018, 2018-Q3, 2018-09, 2018-09-30, latest or A..B.",
    ),
    "unknown-place": Label(
        "Không có địa bàn “{found}”. Gần nhất: {nearest}.", "There is no place “{found}”. Nearest: {nearest}."
    ),
}
