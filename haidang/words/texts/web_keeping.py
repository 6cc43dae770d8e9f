"""Texts of the keeping of the centre: names of its pages."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "frame.me": Label("Tài khoản của tôi", "My account"),
    "keeping.title": Label("Quản trị", "Administration"),
    "keeping.people": Label("Tài khoản", "Accounts"),
    "keeping.offices": Label("Cơ quan, đơn vị", "Offices"),
    "keeping.grants": Label("Quyền", "Grants"),
    "keeping.requests": Label("Xin cấp quyền", "Requests"),
    "keeping.reviews": Label("Rà soát quyền", "Reviews"),
    "keeping.trace": Label("Nhật ký", "Trace"),
    "keeping.subjects": Label("Dữ liệu cá nhân", "Personal data"),
    "keeping.privilege": Label("Phiên đặc quyền", "Privileged session"),
    "keeping.rules": Label("Quy tắc đăng nhập", "Rules of signing in"),
    "keeping.providers": Label("Đăng nhập một lần", "Single sign-on"),
    "grant-to-nobody": Label(
        "Quyền phải cấp cho một tài khoản, một cơ quan hoặc một chức vụ.",
        "A grant goes to an account, an office or a post.",
    ),
    "unknown-office": Label("Không có cơ quan, đơn vị “{found}”.", "There is no office “{found}”."),
}
