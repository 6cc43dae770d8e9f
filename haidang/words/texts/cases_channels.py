"""Texts of channels: their settings, what is said to senders beside a pack's replies, what goes wrong, their page."""

from haidang.words.nouns import Label

_SUBJECTS: dict[str, tuple[str, str]] = {
    "received": ("đã nhận phản ánh của ông/bà", "your report was received"),
    "assigned": ("phản ánh của ông/bà đã được giao xử lý", "your report was assigned"),
    "asked": ("cần ông/bà bổ sung thông tin", "we need to know more"),
    "progress": ("tiến độ xử lý phản ánh", "progress of your report"),
    "extended": ("thời hạn mới của phản ánh", "a new date for your report"),
    "refused": ("phản ánh không được tiếp nhận", "your report was not accepted"),
    "resolved": ("phản ánh đã được xử lý", "your report was handled"),
    "reopened": ("phản ánh được mở lại", "your report was opened again"),
    "merged": ("phản ánh được gộp", "your report was joined to another"),
    "thanks": ("cảm ơn ông/bà đã đánh giá", "thank you for rating"),
    "free": ("về phản ánh của ông/bà", "about your report"),
}
_SETTINGS: dict[str, tuple[str, str, str, str]] = {
    "zalo.app_id": ("Mã ứng dụng (App ID)", "App ID", "Ở trang Zalo for Developers.", "From Zalo for Developers."),
    "zalo.oa_secret": (
        "Khóa bí mật của OA",
        "OA secret key",
        "Dùng để kiểm chữ ký của Zalo; ở mục Webhook của ứng dụng.",
        "By it Zalo's signature is proved; from the app's page of web hooks.",
    ),
    "zalo.app_secret": (
        "Khóa bí mật của ứng dụng",
        "App secret key",
        "Dùng để tự xin lại mã truy cập khi hết hạn.",
        "By it an ended access token is renewed.",
    ),
    "zalo.access_token": (
        "Mã truy cập",
        "Access token",
        "Hết hạn sau khoảng một ngày, tự xin lại.",
        "Ends in about a day; renewed by itself.",
    ),
    "zalo.refresh_token": (
        "Mã làm mới",
        "Refresh token",
        "Mỗi mã chỉ dùng một lần; trung tâm tự giữ mã mới.",
        "Good once; the new one is kept by the centre.",
    ),
    "zalo.oa_id": ("Mã OA", "OA ID", "Để trống nếu ứng dụng chỉ có một OA.", "Empty when the app has one account."),
    "zalo.api": ("Địa chỉ API", "Address of the API", "", ""),
    "zalo.oauth": ("Địa chỉ cấp mã", "Address of tokens", "", ""),
    "facebook.page_id": ("Mã trang", "Page ID", "", ""),
    "facebook.app_secret": (
        "Khóa bí mật của ứng dụng",
        "App secret",
        "Dùng để kiểm chữ ký của Facebook.",
        "By it Facebook's signature is proved.",
    ),
    "facebook.verify_token": (
        "Từ xác minh địa chỉ",
        "Verify token",
        "Tự đặt một chuỗi, nhập giống hệt ở trang của Facebook.",
        "A word of your own, typed the same at Facebook.",
    ),
    "facebook.page_token": (
        "Mã truy cập của trang",
        "Page access token",
        "Cần quyền pages_messaging.",
        "Needs pages_messaging.",
    ),
    "facebook.comments": (
        "Nhận cả bình luận",
        "Comments too",
        "Bình luận dưới bài của trang thành phản ánh; trả lời bằng tin nhắn riêng.",
        "Comments beneath the page's posts become reports, answered privately.",
    ),
    "facebook.api": ("Địa chỉ API", "Address of the API", "", ""),
    "facebook.version": ("Phiên bản Graph API", "Version of the Graph API", "", ""),
    "sms.secret": ("Khóa ký chung với cổng SMS", "Secret shared with the gateway", "", ""),
    "sms.old_secret": ("Khóa ký cũ (khi đang đổi khóa)", "Old secret (while it is being changed)", "", ""),
    "sms.number": ("Đầu số hoặc tên hiển thị", "Number or name shown", "", ""),
    "sms.fields": (
        "Tên các trường khi nhận",
        "Names of fields coming in",
        "Theo thứ tự: mã, người gửi, đầu số, nội dung, thời điểm.",
        "In this order: id, from, to, text, at.",
    ),
    "sms.url": ("Địa chỉ gửi tin", "Address for sending", "Để trống thì chỉ nhận.", "Empty: only receives."),
    "sms.token": ("Mã truy cập khi gửi", "Token for sending", "", ""),
    "sms.out_fields": (
        "Tên các trường khi gửi",
        "Names of fields going out",
        "Theo thứ tự: mã, người nhận, đầu số, nội dung.",
        "In this order: id, to, from, text.",
    ),
    "sms.tones": (
        "Dấu tiếng Việt",
        "Vietnamese tones",
        "strip: gửi không dấu (rẻ hơn); keep: giữ dấu.",
        "strip: without (cheaper); keep: with.",
    ),
    "sms.abroad": ("Gửi ra nước ngoài", "Send abroad", "", ""),
    "email.address": (
        "Máy chủ hộp thư (IMAP)",
        "Mail server (IMAP)",
        "Ví dụ mail.tinh.gov.vn:993.",
        "For example mail.tinh.gov.vn:993.",
    ),
    "email.security": (
        "Mã hóa",
        "Encryption",
        "none chỉ dùng được trên chính máy này.",
        "none works on this machine alone.",
    ),
    "email.username": ("Tên đăng nhập", "User name", "", ""),
    "email.password": ("Mật khẩu", "Password", "", ""),
    "email.mailbox": ("Hộp thư", "Mailbox", "", ""),
    "email.from": (
        "Địa chỉ gửi đi",
        "Address it sends from",
        "Để trống thì dùng tên đăng nhập.",
        "Empty: the user name.",
    ),
    "email.smtp": (
        "Máy chủ gửi thư (SMTP)",
        "Mail server for sending (SMTP)",
        "Ví dụ smtp://mail.tinh.gov.vn:587?tls=start; để trống thì dùng máy chủ chung của trung tâm.",
        "For example smtp://mail.tinh.gov.vn:587?tls=start; empty: the centre's own.",
    ),
    "email.smtp_username": ("Tên đăng nhập khi gửi", "User name for sending", "", ""),
    "email.smtp_password": ("Mật khẩu khi gửi", "Password for sending", "", ""),
    "app.push_hosts": (
        "Máy chủ báo tin khác",
        "Other push services",
        "Ngoài máy chủ của các trình duyệt phổ biến; mỗi dòng một tên máy.",
        "Besides those of the known browsers; a host a line.",
    ),
    "email.ca": ("Chứng thư gốc (PEM)", "Authority's certificate (PEM)", "", ""),
}

_STATES: dict[str, tuple[str, str]] = {
    "arrived": ("đã nhận", "came"),
    "fetching": ("đang tải tệp", "fetching its files"),
    "due": ("chờ gửi", "waits"),
    "push-due": ("chờ gửi", "waits"),
    "sending": ("đang gửi", "being sent"),
    "sent": ("đã gửi", "sent"),
    "failed": ("không gửi được", "failed"),
    "kept": ("chỉ đọc được ở trang theo dõi", "read at the page of the code alone"),
}


def _settings() -> dict[str, Label]:
    names = {f"channel.{name}": Label(vi, en) for name, (vi, en, _, _) in _SETTINGS.items()}
    hints = {f"channel.{name}.hint": Label(vi, en) for name, (_, _, vi, en) in _SETTINGS.items() if vi}
    return {**names, **hints}


TEXTS: dict[str, Label] = {
    **{f"channel.subject-{name}": Label(vi, en) for name, (vi, en) in _SUBJECTS.items()},
    **{f"channel.message-{name}": Label(vi, en) for name, (vi, en) in _STATES.items()},
    **_settings(),
    # --- said to senders
    "channel.no-words-files": Label("(Gửi ảnh hoặc tệp, chưa ghi nội dung)", "(Photos or files without words)"),
    "channel.no-words-place": Label("(Gửi vị trí, chưa ghi nội dung)", "(A position without words)"),
    "channel.how-rate": Label(
        "Hoặc trả lời tin này: 1 chưa hài lòng, 2 hài lòng, 3 rất hài lòng.",
        "Or answer this message: 1 not satisfied, 2 satisfied, 3 very satisfied.",
    ),
    "channel.how-answer": Label(
        "Hoặc trả lời ngay tin này.",
        "Or answer this message.",
    ),
    "channel.hint": Label(
        "Phản ánh này đã kết thúc. Đánh giá: trả lời 1 (chưa hài lòng), 2 (hài lòng) hoặc 3 (rất hài lòng). "
        "Chưa xong: trả lời MỞ LẠI và lý do. Việc khác: trả lời MỚI: và nội dung.",
        "This report has ended. To rate it answer 1 (not satisfied), 2 (satisfied) or 3 (very satisfied). "
        "Not done: answer REOPEN and why. Something else: answer NEW: and what.",
    ),
    # --- what goes wrong
    "channel-not-https": Label("Địa chỉ {found} không dùng HTTPS.", "The address {found} does not speak HTTPS."),
    "channel-unreachable": Label("Không nối được tới {found} ({why}).", "{found} cannot be reached ({why})."),
    "channel-unsure": Label(
        "Đã gửi tới {found} nhưng không rõ bên kia nhận chưa ({why}).",
        "Sent to {found}, which never said whether it took it ({why}).",
    ),
    "channel-busy": Label("{found} đang bận, sẽ gửi lại sau.", "{found} is busy; tried again later."),
    "channel-too-large": Label("Bên kia trả lời dài quá {found} byte.", "The answer is longer than {found} bytes."),
    "push-unreadable": Label("Nội dung gửi đến không đọc được.", "What came cannot be read."),
    "push-too-large": Label("Nội dung gửi đến quá lớn.", "What came is too large."),
    "zalo-refuses": Label("Zalo không nhận tin (lỗi {found}: {said}).", "Zalo refused the message ({found}: {said})."),
    "zalo-token": Label(
        "Mã truy cập Zalo đã hết hạn và không xin lại được ({found}); hãy lấy mã mới ở Zalo và nhập vào đây.",
        "The access token of Zalo ended and could not be renewed ({found}); get new tokens from Zalo and type them.",
    ),
    "facebook-refuses": Label(
        "Facebook không nhận tin (lỗi {found}: {said}).", "Facebook refused the message ({found}: {said})."
    ),
    "facebook-window": Label(
        "Người gửi nhắn lần cuối {found} ngày trước; Facebook chỉ cho trả lời trong 7 ngày.",
        "The sender wrote last {found} days ago; Facebook allows answers for 7 days.",
    ),
    "sms-refuses": Label("Cổng SMS không nhận tin (lỗi {found}).", "The SMS gateway refused the message ({found})."),
    "mail-refused": Label("Máy chủ thư không nhận (lỗi {found}).", "The mail server refused it ({found})."),
    "mail-unreachable": Label(
        "Không nối được máy chủ gửi thư ({found}).", "The mail server cannot be reached ({found})."
    ),
    "smtp-login-refused": Label(
        "Máy chủ gửi thư không nhận tên đăng nhập hoặc mật khẩu (lỗi {found}).",
        "The mail server refused the user name or password ({found}).",
    ),
    "smtp-unreadable": Label(
        "Địa chỉ máy chủ gửi thư “{found}” không đúng; ví dụ smtp://mail.tinh.gov.vn:587?tls=start.",
        "The address of the mail server “{found}” is none; for example smtp://mail.tinh.gov.vn:587?tls=start.",
    ),
    "channel-missing": Label("Còn thiếu: {found}.", "Missing: {found}."),
    "channel-choice": Label("“{found}” không dùng được; chọn: {expected}.", "“{found}” is none; choose: {expected}."),
    "files-lost": Label("Không tải được tệp kèm theo.", "The files that came with it could not be fetched."),
    # --- the page
    "cli.help.channels": Label(
        "kênh tiếp nhận: xem, đặt, thử, gửi lại", "channels of reports: list, set, test, send again"
    ),
    "keeping.channels": Label("Kênh tiếp nhận", "Channels"),
    "channel.title": Label("Kênh tiếp nhận", "Channels"),
    "channel.about": Label(
        "Mỗi kênh đưa phản ánh vào cùng một hàng đợi và trả lời người gửi theo đúng kênh họ dùng.",
        "Every channel brings reports into one queue and answers senders where they wrote.",
    ),
    "channel.on": Label("Đang bật", "On"),
    "channel.off": Label("Đang tắt", "Off"),
    "channel.trouble": Label("Có lỗi", "Something is wrong"),
    "channel.switch": Label("Bật kênh này", "Switch it on"),
    "channel.name": Label("Kênh", "Channel"),
    "channel.state": Label("Tình trạng", "State"),
    "channel.last-in": Label("Nhận gần nhất", "Last came"),
    "channel.last-out": Label("Gửi gần nhất", "Last sent"),
    "channel.waiting": Label("Chờ gửi", "Waiting"),
    "channel.failed": Label("Không gửi được", "Failed"),
    "channel.simulated": Label("Kênh mô phỏng", "A simulated channel"),
    "channel.simulated-why": Label(
        "Phản ánh đến từ kênh này được đánh dấu mô phỏng; chỉ phản ánh mô phỏng được trả lời qua kênh này.",
        "What comes by it is marked as simulated, and only simulated reports are answered by it.",
    ),
    "channel.hook": Label("Địa chỉ để khai ở bên kia", "Address to type at the provider"),
    "channel.test": Label("Thử kết nối", "Test the connection"),
    "channel.test-good": Label("Kết nối được.", "The connection works."),
    "channel.saved": Label("Đã lưu.", "Saved."),
    "channel.nothing": Label("Kênh này không cần cài đặt.", "This channel needs no settings."),
    "channel.reads-only": Label("Không tự gửi đi", "Sends nothing itself"),
    "channel.told": Label("Trao đổi với người gửi", "Talk with the sender"),
    "channel.told-none": Label("Chưa có tin nào.", "Nothing yet."),
    "channel.way-in": Label("Người gửi nhắn", "The sender wrote"),
    "channel.way-out": Label("Gửi người dân", "Told the sender"),
    "channel.write": Label("Nhắn người gửi", "Write to the sender"),
    "channel.write-send": Label("Gửi tin", "Send"),
    "channel.write-done": Label("Tin sẽ được gửi ngay.", "It is sent at once."),
    "channel.wrote": Label("Đã nhắn người gửi", "Wrote to the sender"),
    "no-sender": Label("Phản ánh này không có người gửi để nhắn.", "This report has no sender to write to."),
    "channel.again": Label("Gửi lại", "Send again"),
    "channel.networks": Label(
        "Trung tâm chỉ gọi tới các mạng: {networks} (HAIDANG_NETWORKS).",
        "The centre calls these networks alone: {networks} (HAIDANG_NETWORKS).",
    ),
    "notice.channel-trouble": Label("Kênh tiếp nhận {title} có lỗi: {problem}", "The channel {title} fails: {problem}"),
    "notice.channel-trouble.title": Label("Kênh lỗi: {title}", "Channel failing: {title}"),
    "trace.act.configure-channel": Label("đặt kênh tiếp nhận của", "set a channel of"),
    "trace.act.write-to-sender": Label("nhắn người gửi của", "write to the sender of"),
}
