"""Texts of the gate."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "unknown-actor": Label(
        "Không có tài khoản “{found}”. Gần nhất: {nearest}.", "There is no account “{found}”. Nearest: {nearest}."
    ),
    "unknown-grant": Label("Không có quyền số {found}.", "There is no grant number {found}."),
    "unknown-action": Label(
        "“{found}” không phải là một việc được cấp quyền. Có: {known}.", "“{found}” is no action. There are: {known}."
    ),
    "unknown-kind": Label(
        "“{found}” không phải là một loại chủ thể. Có: {known}.", "“{found}” is no kind of actor. There are: {known}."
    ),
    "unknown-level": Label(
        "“{found}” không phải là một mức mật. Có: {known}.", "“{found}” is no level. There are: {known}."
    ),
    "bad-name": Label(
        "Tên tài khoản “{found}” không dùng được: chỉ gồm chữ thường không dấu, số, gạch nối.",
        "The account name “{found}” cannot be used: lower-case letters, digits and hyphens only.",
    ),
    "bad-token": Label("Mã truy cập không đúng hoặc đã hết hạn.", "The access token is wrong or has expired."),
    "no-such-table": Label("Chưa có dữ liệu nào được nạp cho nội dung này.", "No data has been landed for this yet."),
}
