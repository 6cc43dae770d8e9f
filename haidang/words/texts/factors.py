"""Texts of second factors: the second step, one's own factors, passkeys, recovery codes."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "login.said-passkey": Label(
        "Khóa truy cập này không xác nhận được. Thử lại, hoặc đăng nhập bằng mật khẩu.",
        "This passkey could not be confirmed. Try again, or sign in by password.",
    ),
    "second.title": Label("Xác thực bước hai", "Second step"),
    "second.why": Label(
        "Tài khoản này được bảo vệ bằng lớp xác thực thứ hai.", "This account is guarded by a second step."
    ),
    "second.code": Label("Mã 6 chữ số trong ứng dụng xác thực", "The six digits in your authenticator app"),
    "second.recovery": Label("Mã khôi phục", "Recovery code"),
    "second.or-recovery": Label(
        "Không có điện thoại bên mình thì nhập một mã khôi phục.", "Without your phone, type a recovery code."
    ),
    "second.go": Label("Xác nhận", "Confirm"),
    "second.other": Label("Đăng nhập tài khoản khác", "Sign in as somebody else"),
    "second.demo": Label("Bản trình diễn: lấy mã của tài khoản này bằng lệnh", "Demo: print this account's code with"),
    "second.lost": Label(
        "Mất cả điện thoại và mã khôi phục: nhờ quản trị trung tâm đặt lại lớp xác thực thứ hai.",
        "Lost both phone and recovery codes: ask the administrator to reset your second step.",
    ),
    "code-wrong": Label(
        "Mã không đúng hoặc đã dùng rồi. Chờ mã mới hiện ra rồi nhập lại.",
        "The code is wrong or was used already. Wait for the next one and try again.",
    ),
    "code-waits": Label(
        "Nhập sai quá nhiều lần. Thử lại sau {seconds} giây.", "Too many wrong codes. Try again in {seconds} seconds."
    ),
    "password-wrong": Label("Mật khẩu không đúng.", "The password is wrong."),
    "passkey-wrong": Label(
        "Khóa truy cập này không xác nhận được. Thử lại hoặc dùng cách khác.",
        "This passkey could not be confirmed. Try again or another way.",
    ),
    "factor-there": Label("Ứng dụng xác thực đã được cài từ trước.", "An authenticator app is set up already."),
    "factor-nameless": Label("Hãy đặt tên cho khóa truy cập.", "Give the passkey a name."),
    "unknown-factor": Label("Không có cách xác thực số {found}.", "There is no factor number {found}."),
    "last-factor": Label(
        "Tài khoản có quyền quản trị phải luôn còn một cách xác thực. Hãy thêm cách khác trước khi gỡ.",
        "An account with these rights must always keep one factor. Add another before removing this one.",
    ),
    "no-factor": Label("Chưa có cách xác thực nào.", "There is no factor yet."),
    "codes-shown": Label("Mã khôi phục đã được hiện một lần.", "The recovery codes were shown once already."),
    "factors.title": Label("Lớp xác thực thứ hai", "Second factors"),
    "factors.owed": Label(
        "Quyền của tài khoản này buộc phải có lớp xác thực thứ hai. Hãy thêm một cách dưới đây để tiếp tục.",
        "The rights of this account require a second factor. Add one below to go on.",
    ),
    "factors.none": Label(
        "Thêm lớp xác thực thứ hai thì lộ mật khẩu cũng không mất tài khoản.",
        "With a second factor a leaked password does not lose the account.",
    ),
    "factors.yours": Label("Cách xác thực đang dùng", "Your factors"),
    "factors.kind": Label("Cách xác thực", "Factor"),
    "factors.kind-totp": Label("Ứng dụng xác thực", "Authenticator app"),
    "factors.kind-webauthn": Label("Khóa truy cập (passkey)", "Passkey"),
    "factors.kind-recovery_codes": Label("Mã khôi phục", "Recovery codes"),
    "factors.passkey": Label("Khóa truy cập", "Passkey"),
    "factors.since": Label("Thêm lúc", "Added"),
    "factors.used": Label("Dùng lần cuối", "Last used"),
    "factors.rename": Label("Đổi tên", "Rename"),
    "factors.renamed": Label("Đã đổi tên.", "Renamed."),
    "factors.remove": Label("Gỡ bỏ", "Remove"),
    "factors.removed": Label("Đã gỡ bỏ.", "Removed."),
    "factors.remove-totp": Label(
        "Gỡ ứng dụng xác thực khỏi tài khoản này?", "Remove the authenticator app from this account?"
    ),
    "factors.remove-passkey": Label("Gỡ khóa truy cập “{name}”?", "Remove the passkey “{name}”?"),
    "factors.remove-why": Label(
        "Gỡ xong không lấy lại được; muốn dùng thì thêm lại từ đầu. Gỡ cách cuối cùng thì mã khôi phục cũng mất.",
        "It cannot be undone; to use it again, add it anew. Recovery codes go with the last factor.",
    ),
    "factors.back": Label("Quay lại", "Back"),
    "factors.empty": Label("Chưa có lớp xác thực thứ hai", "No second factor yet"),
    "factors.empty-why": Label(
        "Dùng ứng dụng xác thực trên điện thoại, hoặc khóa truy cập (vân tay, khuôn mặt, mã PIN của máy).",
        "Use an authenticator app on a phone, or a passkey (fingerprint, face or PIN of the device).",
    ),
    "factors.add-totp": Label("Thêm ứng dụng xác thực", "Add an authenticator app"),
    "factors.add-passkey": Label("Thêm khóa truy cập (passkey)", "Add a passkey"),
    "factors.codes": Label("Mã khôi phục", "Recovery codes"),
    "factors.codes-left": Label("Còn {count} mã chưa dùng.", "{count} codes left."),
    "factors.codes-show": Label("Xem và in mã (chỉ một lần)", "See and print them (once)"),
    "factors.codes-make": Label("Tạo mã khôi phục", "Make recovery codes"),
    "factors.codes-renew": Label("Tạo bộ mã mới", "Make new codes"),
    "factors.codes-renew-why": Label("Bộ mã cũ hết hiệu lực ngay.", "The old ones stop working at once."),
    "factors.codes-none": Label(
        "Mã khôi phục được tạo khi thêm cách xác thực đầu tiên.", "They are made with your first factor."
    ),
    "factors.codes-why": Label(
        "Mỗi mã dùng một lần, khi không có điện thoại bên mình.", "Each is good once, for when your phone is away."
    ),
    "factors.providers": Label("Đăng nhập một lần", "Single sign-on"),
    "factors.providers-why": Label(
        "Nối tài khoản này với hệ thống đăng nhập chung để lần sau vào thẳng từ đó.",
        "Link this account to a shared sign-in to come straight from there.",
    ),
    "factors.linked-since": Label("Đã nối từ", "Linked since"),
    "factors.not-linked": Label("Chưa nối", "Not linked"),
    "factors.link": Label("Nối", "Link"),
    "factors.linked": Label("Đã nối tài khoản.", "The account is linked."),
    "factors.unlink": Label("Bỏ nối", "Unlink"),
    "factors.unlinked": Label("Đã bỏ nối.", "Unlinked."),
    "totp.app": Label("Mở ứng dụng xác thực trên điện thoại", "Open an authenticator app on your phone"),
    "totp.app-why": Label(
        "Ứng dụng nào tạo mã 6 chữ số theo thời gian (TOTP) cũng được; không cần mạng.",
        "Any app that makes six-digit codes by time (TOTP) will do; it needs no network.",
    ),
    "totp.scan": Label("Quét hình này", "Scan this picture"),
    "totp.picture": Label("Mã QR của khóa ở dưới", "QR code of the key below"),
    "totp.type": Label("Không quét được thì nhập khóa này vào ứng dụng:", "If it cannot be scanned, type this key:"),
    "totp.code": Label("Nhập mã ứng dụng đang hiện", "Type the code it shows"),
    "totp.confirm": Label("Xong, bật lớp xác thực thứ hai", "Done, turn it on"),
    "passkey.why": Label(
        "Khóa truy cập nằm trong máy này (hoặc trong khóa USB). Mở bằng vân tay, khuôn mặt hoặc mã PIN, không lộ được "
        "qua trang giả. Có khóa thì đăng nhập không cần mật khẩu.",
        "A passkey lives in this device (or a USB key). It opens by fingerprint, face or PIN and cannot leak to a fake "
        "page. With it you sign in without a password.",
    ),
    "passkey.name": Label("Tên để dễ nhận ra", "A name to know it by"),
    "passkey.name-like": Label("Máy tính cơ quan", "Office computer"),
    "passkey.make": Label("Tạo khóa truy cập", "Make a passkey"),
    "passkey.use": Label("Dùng khóa truy cập", "Use a passkey"),
    "passkey.none": Label(
        "Trình duyệt này, hoặc địa chỉ không phải https, không dùng được khóa truy cập.",
        "This browser, or an address without https, cannot use passkeys.",
    ),
    "passkey.refused": Label(
        "Chưa dùng được khóa: đã hủy, quá giờ, hoặc máy này không có khóa của trung tâm.",
        "No passkey was used: cancelled, too late, or this device has none for this centre.",
    ),
    "passkey.known": Label("Máy này đã có khóa của tài khoản.", "This device already holds a passkey of this account."),
    "passkey.failed": Label("Chưa dùng được khóa truy cập. Thử lại.", "The passkey could not be used. Try again."),
    "codes.once": Label(
        "Chỉ hiện một lần. In ra hoặc chép lại, cất nơi an toàn, không để cùng điện thoại.",
        "Shown this once. Print or copy them, keep them safe and away from your phone.",
    ),
    "codes.how": Label(
        "Mã khôi phục của tài khoản {name}. Mỗi mã thay cho một lần xác nhận.",
        "Recovery codes of {name}. Each stands in for one second step.",
    ),
    "codes.kept": Label("Đã cất mã", "I have kept them"),
    "codes.shown": Label(
        "Mã khôi phục đã được hiện rồi. Nếu không còn giữ thì tạo bộ mới.",
        "The codes were shown already. If you no longer have them, make new ones.",
    ),
    "again.title": Label("Xác nhận lại là chính mình", "Confirm that it is you"),
    "again.why": Label(
        "Sắp thay đổi cách đăng nhập nên cần xác nhận lại.",
        "What you sign in by is about to change: confirm once more.",
    ),
    "again.or-code": Label("Hoặc mã xác thực", "Or a code"),
    "again.go": Label("Tiếp tục", "Go on"),
    "again.none": Label(
        "Tài khoản này vào bằng đăng nhập một lần: hãy đăng xuất rồi đăng nhập lại từ đó.",
        "This account comes by single sign-on: sign out and in again from there.",
    ),
    "notice.factor-added": Label(
        "Tài khoản vừa thêm cách xác thực: {kind}. Nếu không phải anh/chị làm, báo ngay quản trị trung tâm.",
        "A factor was added to your account: {kind}. If it was not you, tell the administrator at once.",
    ),
    "notice.factor-added.title": Label("Đã thêm cách xác thực", "A factor was added"),
    "notice.factor-removed": Label(
        "Tài khoản vừa gỡ cách xác thực: {kind}. Nếu không phải anh/chị làm, báo ngay quản trị trung tâm.",
        "A factor was removed from your account: {kind}. If it was not you, tell the administrator at once.",
    ),
    "notice.factor-removed.title": Label("Đã gỡ cách xác thực", "A factor was removed"),
    "notice.factor-reset": Label(
        "Quản trị đã đặt lại lớp xác thực thứ hai của tài khoản. Lần đăng nhập tới sẽ cài lại từ đầu.",
        "The administrator reset your second factors. You will set them up again at your next sign-in.",
    ),
    "notice.factor-reset.title": Label("Đặt lại lớp xác thực thứ hai", "Second factors were reset"),
    "notice.codes-renewed": Label(
        "Bộ mã khôi phục mới đã được tạo ({kind}). Bộ cũ hết hiệu lực.",
        "New recovery codes were made ({kind}). The old ones stopped working.",
    ),
    "notice.codes-renewed.title": Label("Mã khôi phục mới", "New recovery codes"),
}
