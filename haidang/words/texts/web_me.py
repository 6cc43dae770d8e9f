"""Texts of signing in, of one's own account, and of the rules of signing in."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "login.locked": Label(
        "Đã sai quá nhiều lần. Tên này tạm không đăng nhập được từ đây đến {when}. Cần gấp: nhờ quản trị trung tâm mở khóa.",
        "Too many failures. This name cannot sign in from here until {when}. If it is urgent, ask the administrator of the centre to unlock it.",
    ),
    "login.said-idle": Label(
        "Phiên làm việc đã kết thúc vì không thao tác một thời gian. Đăng nhập để tiếp tục ở trang đang xem.",
        "Your session ended because nothing was done for a while. Sign in to go on where you were.",
    ),
    "login.said-over": Label(
        "Phiên làm việc đã hết thời hạn. Đăng nhập để tiếp tục ở trang đang xem.",
        "Your session has reached its longest length. Sign in to go on where you were.",
    ),
    "login.said-disabled": Label(
        "Tài khoản này đang bị khóa sử dụng. Liên hệ quản trị của cơ quan hoặc của trung tâm.",
        "This account is disabled. Ask the administrator of your office or of the centre.",
    ),
    "login.said-changed": Label("Đã đổi mật khẩu. Mời đăng nhập lại.", "The password was changed. Please sign in again."),
    "login.said-sso": Label(
        "Không đăng nhập được bằng tài khoản của đơn vị cung cấp. Thử lại, hoặc dùng tên và mật khẩu.",
        "Signing in by the identity provider did not succeed. Try again, or use name and password.",
    ),
    "login.said-late": Label(
        "Bước xác thực thứ hai đã quá thời gian. Mời đăng nhập lại từ đầu.",
        "The second step took too long. Please begin again.",
    ),
    "session-idle": Label(
        "Phiên làm việc đã kết thúc vì không thao tác một thời gian.", "The session ended because nothing was done."
    ),
    "session-over": Label("Phiên làm việc đã hết thời hạn.", "The session has reached its longest length."),
    "first-password": Label(
        "Phải đổi mật khẩu trước khi làm việc khác.", "The password has to be changed before anything else."
    ),
    "first-factor": Label(
        "Phải cài lớp xác thực thứ hai trước khi làm việc khác.",
        "A second factor has to be set up before anything else.",
    ),
}
