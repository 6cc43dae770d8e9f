"""Texts of identity providers: signing in by one, and its pages for the administrator."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "login.by": Label("Đăng nhập bằng {name}", "Sign in with {name}"),
    "sso.refused": Label("Chưa đăng nhập được", "Not signed in"),
    "sso.back": Label("Về trang đăng nhập", "Back to signing in"),
    "sso.again": Label("Thử lại", "Try again"),
    "sso.code": Label("Mã để báo quản trị", "Code for the administrator"),
    "sso.left": Label("Đã đăng xuất khỏi trung tâm", "Signed out of the centre"),
    "sso.left-why": Label(
        "Phiên đăng nhập ở {name} vẫn mở: ai ngồi vào máy này có thể vào lại. Đang chuyển sang đó để đăng xuất luôn.",
        "Your session at {name} is still open: whoever sits here could come back. Going on to sign out there too.",
    ),
    "sso.leave-there": Label("Đăng xuất khỏi {name}", "Sign out of {name}"),
    "sso-failed": Label(
        "Hệ thống đăng nhập trả lời không đúng nên không cho vào. Thử lại; nếu vẫn vậy, báo quản trị trung tâm.",
        "The sign-in service answered wrongly, so nobody was let in. Try again, then tell the administrator.",
    ),
    "sso-unknown": Label(
        "Danh tính này chưa nối với tài khoản nào của trung tâm. Đăng nhập bằng mật khẩu rồi nối ở “Tài khoản "
        "của tôi”, "
        "hoặc nhờ quản trị mở tài khoản.",
        "This identity is not linked to an account here. Sign in by password and link it under “My account”, "
        "or ask the "
        "administrator for an account.",
    ),
    "sso-closed": Label("Tài khoản này đã khóa hoặc đã đóng.", "This account is disabled or closed."),
    "sso-refused-there": Label(
        "Việc đăng nhập đã bị hủy hoặc bị từ chối ở bên kia.", "Signing in was cancelled or refused over there."
    ),
    "sso-state": Label(
        "Lượt đăng nhập này đã quá hạn, đã dùng, hoặc bắt đầu từ trình duyệt khác. Hãy bắt đầu lại.",
        "This sign-in is too old, was used, or began in another browser. Begin again.",
    ),
    "sso-linked-elsewhere": Label(
        "Danh tính này đã nối với một tài khoản khác.", "This identity is linked to another account."
    ),
    "sso-issuer": Label("Bên trả lời không phải là nơi đã hỏi.", "Who answered is not who was asked."),
    "sso-code": Label("Mã đăng nhập không đổi được: {found}.", "The code could not be redeemed: {found}."),
    "sso-token": Label("Thẻ danh tính không đúng: {found}.", "The identity token is wrong: {found}."),
    "sso-nonce": Label("Thẻ danh tính của một lượt đăng nhập khác.", "The identity token is of another sign-in."),
    "sso-swapped": Label("Hai câu trả lời nói về hai người.", "Two answers speak of two people."),
    "sso-logout-token": Label("Thẻ đăng xuất không đúng.", "The logout token is wrong."),
    "only-way-in": Label(
        "Đây là cách duy nhất để vào tài khoản này nên không bỏ nối được.",
        "It is the only way into this account, so it stays linked.",
    ),
    "unknown-provider": Label(
        "Không có hệ thống đăng nhập “{found}”.", "There is no provider of identities “{found}”."
    ),
    "provider-silent": Label(
        "Hệ thống đăng nhập không trả lời. Thử lại sau ít phút.",
        "The sign-in service does not answer. Try again later.",
    ),
    "provider-unreadable": Label(
        "Hệ thống đăng nhập tự mô tả không đúng chuẩn: {found}.", "The service's own description is unsound: {found}."
    ),
    "provider-not-https": Label("Địa chỉ phải là https: {found}.", "The address has to be https: {found}."),
    "provider-secret": Label(
        "Khóa bí mật được niêm phong bằng khóa cũ của máy: hãy nhập lại.",
        "The secret was sealed with an older key of this machine: type it anew.",
    ),
    "provider-needs": Label(
        "Cần đủ tên, nơi phát hành, mã ứng dụng, phạm vi có “openid”, số ngày từ 1 đến 366.",
        "Name, issuer, client id, scopes with “openid” and 1 to 366 days are needed.",
    ),
    "provider-there": Label("Đã có hệ thống “{found}”.", "There is a provider “{found}” already."),
    "provider-issuer-stays": Label(
        "Đã có người nối nên không đổi được nơi phát hành: mã người ở nơi khác là người khác. Hãy thêm hệ thống mới.",
        "People are linked, so the issuer stays: the same number elsewhere is somebody else. Add another provider.",
    ),
    "provider-key": Label(
        "Khóa “{found}” không dùng được: chữ thường không dấu, số, gạch nối.",
        "The key “{found}” cannot be used: lower-case letters, digits, hyphens.",
    ),
    "claim-rule": Label("Dòng {row} chưa đúng: {found}.", "Row {row} is wrong: {found}."),
    "providers.count": Label("{count} hệ thống", "{count} in all"),
    "providers.what": Label(
        "Hệ thống đăng nhập chung theo chuẩn OpenID Connect (VNeID, SSO của tỉnh) mà cán bộ và người dân dùng để vào "
        "trung tâm.",
        "Shared sign-in by OpenID Connect (VNeID, the province's SSO) by which officers and citizens may come in.",
    ),
    "providers.none": Label("Chưa có hệ thống nào", "None yet"),
    "providers.none-why": Label(
        "Chưa có thì mọi người đăng nhập bằng mật khẩu hoặc khóa truy cập của trung tâm.",
        "Until there is one, everybody signs in by a password or passkey of the centre.",
    ),
    "providers.add": Label("Thêm hệ thống", "Add a provider"),
    "providers.name": Label("Tên", "Name"),
    "providers.state": Label("Tình trạng", "State"),
    "providers.on": Label("Đang dùng", "On"),
    "providers.off": Label("Tắt", "Off"),
    "providers.people": Label("Số người đã nối", "Linked people"),
    "providers.who": Label("Hệ thống", "The provider"),
    "providers.key": Label("Khóa", "Key"),
    "providers.key-hint": Label("Đứng trong địa chỉ, ví dụ vneid; không đổi được.", "Stands in addresses; stays."),
    "providers.name-vi": Label("Tên tiếng Việt", "Name in Vietnamese"),
    "providers.name-en": Label("Tên tiếng Anh", "Name in English"),
    "providers.issuer": Label("Nơi phát hành (issuer)", "Issuer"),
    "providers.issuer-hint": Label(
        "Đúng từng ký tự như trong thẻ danh tính.", "Exactly as it stands in the identity token."
    ),
    "providers.client-id": Label("Mã ứng dụng (client id)", "Client id"),
    "providers.secret": Label("Khóa bí mật (client secret)", "Client secret"),
    "providers.scopes": Label("Phạm vi (scope)", "Scopes"),
    "providers.tell-them": Label("Khai báo các địa chỉ này với hệ thống:", "Register these addresses over there:"),
    "providers.turn-on": Label("Cho đăng nhập bằng hệ thống này", "Let people sign in by it"),
    "providers.rules": Label("Cho ai vào, tới đâu", "Who comes in, and how far"),
    "providers.unknown": Label("Người chưa nối tài khoản", "Whoever is not linked"),
    "providers.unknown-refuse": Label("Từ chối", "Refuse"),
    "providers.unknown-refuse-why": Label(
        "Chỉ ai đã tự nối tài khoản mới vào được.", "Only people who linked their account come in."
    ),
    "providers.unknown-open": Label("Mở tài khoản mới", "Open an account"),
    "providers.unknown-open-why": Label(
        "Tài khoản mới chỉ có quyền như công chúng, cộng với phần ánh xạ bên dưới.",
        "It may what the public may, and what the mapping below gives.",
    ),
    "providers.ceiling": Label("Mức cao nhất được cấp", "Highest level given"),
    "providers.place": Label("Địa bàn", "Place"),
    "providers.place-hint": Label(
        "Mã đơn vị hành chính; * là mọi nơi. Dòng ánh xạ để * thì tới hết địa bàn này.",
        "Code of a unit; * is everywhere. A row with * reaches all of it.",
    ),
    "providers.days": Label("Quyền còn bao nhiêu ngày sau lần vào cuối", "Days a grant outlasts the last sign-in"),
    "providers.bounded": Label("Phiên kết thúc cùng thẻ danh tính", "Sessions end with the identity token"),
    "providers.second": Label("Tin lớp xác thực thứ hai ở bên kia", "Believe a second step made there"),
    "providers.second-why": Label(
        "Bỏ trống: ai phải có lớp thứ hai thì xác thực ở trung tâm. Điền giá trị acr hoặc amr nào được coi là đã "
        "xác thực.",
        "Empty: whoever must have a second step does it here. Else which acr or amr values count as one.",
    ),
    "providers.title-claim": Label("Thuộc tính mang họ tên", "Claim with the name"),
    "providers.mapping": Label("Ánh xạ thuộc tính", "Mapping of claims"),
    "providers.mapping-why": Label(
        "Mỗi dòng: khi thuộc tính có giá trị (hoặc * là có là được) thì đặt đơn vị, chức vụ hoặc cấp quyền. "
        "Xét lại mỗi "
        "lần đăng nhập; thuộc tính mất thì quyền được thu ngay. Không bao giờ cấp quyền quản trị.",
        "Each row: when the claim has the value (* for any), set office or post or give a grant. Looked at "
        "anew at each "
        "sign-in; when the claim is gone so is the grant. Never administration.",
    ),
    "providers.claim": Label("Thuộc tính", "Claim"),
    "providers.value": Label("Giá trị", "Value"),
    "providers.to": Label("Thành", "Becomes"),
    "providers.to-office": Label("Đơn vị", "Office"),
    "providers.to-post": Label("Chức vụ", "Post"),
    "providers.to-grant": Label("Quyền", "Grant"),
    "providers.to-key": Label("Mã đơn vị, chức vụ", "Office or post"),
    "providers.action": Label("Việc", "Action"),
    "providers.action-read": Label("Xem", "Read"),
    "providers.action-import": Label("Nạp", "Import"),
    "providers.action-mend": Label("Sửa", "Mend"),
    "providers.pack": Label("Lĩnh vực", "Pack"),
    "providers.every-pack": Label("Mọi lĩnh vực", "Every pack"),
    "providers.level": Label("Mức", "Level"),
    "providers.level-public": Label("Công khai", "Public"),
    "providers.level-internal": Label("Nội bộ", "Internal"),
    "providers.level-restricted": Label("Hạn chế", "Restricted"),
    "providers.level-personal": Label("Cá nhân", "Personal"),
    "providers.identity-number": Label(
        "Giá trị của số định danh (cccd, citizen_id…) chỉ được giữ dưới dạng băm có khóa, không đọc lại được.",
        "Values of identity numbers (cccd, citizen_id…) are kept as keyed digests only.",
    ),
    "providers.save": Label("Lưu", "Save"),
    "providers.saved": Label("Đã lưu.", "Saved."),
    "providers.try": Label("Thử kết nối", "Test the provider"),
    "providers.trial": Label("Thử kết nối", "Trial"),
    "providers.trial-hint": Label(
        "Hỏi hệ thống theo những gì đã lưu; không ai được đăng nhập.", "Asks as saved; nobody is signed in."
    ),
    "provider-try.reached": Label("Đọc được bản tự mô tả", "Its own description was read"),
    "provider-try.keys": Label("Khóa ký dùng được", "Its keys can be used"),
    "provider-try.pkce": Label("Có PKCE (S256)", "PKCE (S256) is offered"),
    "provider-try.secret": Label("Mã ứng dụng và khóa bí mật được nhận", "Client id and secret are accepted"),
    "provider-try.end-session": Label("Đăng xuất được ở bên kia", "One can sign out there"),
    "provider-try.back-channel": Label("Bên kia báo khi có người đăng xuất", "It tells when somebody signs out"),
    "providers.remove": Label("Gỡ hệ thống", "Remove"),
    "providers.remove-what": Label(
        "Gỡ hệ thống này: {count} người mất nối, quyền do ánh xạ cấp bị thu, phiên đang mở bằng nó kết thúc. Không lấy "
        "lại được.",
        "Removing it: {count} people lose their link, grants by its mapping end, sessions opened by it end. It "
        "cannot be "
        "undone.",
    ),
    "providers.removed": Label("Đã gỡ.", "Removed."),
}
