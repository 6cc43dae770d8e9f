"""Texts of notices: `notice.<code>` is the sentence, `notice.<code>.title` the subject of an e-mail."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "bad-email": Label("“{found}” không phải là địa chỉ thư điện tử.", "“{found}” is no e-mail address."),
}
