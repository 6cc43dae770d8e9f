"""Texts of connectors: why a source could not be reached or read, in words of whoever must mend it."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    # addresses
    "address-not-allowed": Label(
        "Không được phép kết nối tới {found} (dẫn tới {leads}): địa chỉ không nằm trong các mạng được phép. "
        "Nếu địa chỉ đúng, hãy nhờ người quản trị máy thêm mạng đó vào HAIDANG_NETWORKS.",
        "Connecting to {found} is not allowed (it leads to {leads}): it is not in the networks this centre allows. "
        "If the address is right, ask the machine's administrator to add its network to HAIDANG_NETWORKS.",
    ),
    "address-unreadable": Label(
        "Địa chỉ {found} viết chưa đúng. Ví dụ đúng: https://may-chu.tinh.gov.vn:8443 hoặc may-chu.tinh.gov.vn:22.",
        "The address {found} is not well written. For example: https://server.example.vn:8443 or server.example.vn:22.",
    ),
    "network-unreadable": Label(
        "Mạng cho phép “{found}” viết chưa đúng (ví dụ 10.20.0.0/16). Hãy sửa HAIDANG_NETWORKS.",
        "The allowed network “{found}” is not well written (for example 10.20.0.0/16). Mend HAIDANG_NETWORKS.",
    ),
    "host-unknown": Label(
        "Không tìm thấy máy có tên {found}. Hãy kiểm tra lại tên, hoặc máy chủ tên miền (DNS) đang hỏng; "
        "trung tâm sẽ tự thử lại.",
        "No machine named {found} was found. Check the name, or the name server (DNS) is down; it is tried again.",
    ),
    "redirect-refused": Label(
        "Bên kia chuyển hướng sang {found}, không đi theo. Nếu hệ thống đã đổi địa chỉ, hãy nhập địa chỉ mới.",
        "The other side redirects to {found}, which is not followed. If the system moved, enter its new address.",
    ),
    "too-many-redirects": Label(
        "{found} chuyển hướng quá nhiều lần. Hãy hỏi bên vận hành địa chỉ đúng.",
        "{found} redirects too many times. Ask its operator for the right address.",
    ),
    # connections
    "source-refuses": Label(
        "Máy {found} không nhận kết nối: chương trình bên đó chưa chạy, sai cổng, hoặc tường lửa chặn. Sẽ tự thử lại.",
        "{found} accepts no connection: its program is not running, the port is wrong, or a firewall stands between. "
        "It is tried again.",
    ),
    "source-unreachable": Label(
        "Không tới được {found}: mất đường truyền hoặc tường lửa chặn. Sẽ tự thử lại.",
        "{found} cannot be reached: the line is down or a firewall stands between. It is tried again.",
    ),
    "source-silent": Label(
        "{found} không trả lời trong thời gian chờ. Sẽ tự thử lại.",
        "{found} did not answer in time. It is tried again.",
    ),
    "source-slow": Label(
        "Bên kia trả lời quá chậm, đã dừng lại. Sẽ tự thử lại; nếu lặp lại, hãy lấy ít dữ liệu hơn mỗi lần "
        "hoặc tăng thời gian chờ.",
        "The other side answers too slowly and was stopped. It is tried again; if it happens again, ask for less at a "
        "time or raise the time allowed.",
    ),
    "source-broke-off": Label(
        "{found} ngắt giữa chừng ({why}); phần dở dang không được nhận. Sẽ tự thử lại.",
        "{found} broke off ({why}); what was unfinished is not taken. It is tried again.",
    ),
    "source-busy": Label(
        "{found} đang bận hoặc bảo trì ({said}). Sẽ tự thử lại sau.",
        "{found} is busy or under maintenance ({said}). It is tried again later.",
    ),
    "source-fails": Label(
        "Hệ thống {found} báo lỗi bên trong của nó (mã {status}). Sẽ tự thử lại; nếu kéo dài, hãy báo bên vận hành.",
        "{found} reports a fault of its own (code {status}). It is tried again; if it lasts, tell its operator.",
    ),
    "certificate-wrong": Label(
        "Chứng thư số của {found} không tin được ({why}). Nếu họ dùng chứng thư nội bộ, hãy nhập chứng thư gốc của họ.",
        "The certificate of {found} is not to be trusted ({why}). If they use one of their own, enter its authority.",
    ),
    "tls-failed": Label(
        "{found} không nói được giao thức mã hóa (TLS). Hãy kiểm tra cổng, và địa chỉ bắt đầu bằng http hay https.",
        "{found} does not speak TLS. Check the port, and whether the address begins with http or https.",
    ),
    "ca-unreadable": Label(
        "Không đọc được chứng thư gốc ({found}). Cần tệp hoặc nội dung dạng PEM.",
        "The authority's certificate ({found}) cannot be read. A PEM file or its content is needed.",
    ),
    "no-room-here": Label(
        "Máy của trung tâm không ghi được tệp tạm ({why}); có thể đĩa đã đầy. Hãy báo người quản trị máy.",
        "This machine cannot write a temporary file ({why}); its disk may be full. Tell the machine's administrator.",
    ),
    "driver-missing": Label(
        "Máy này chưa có trình điều khiển cho {found}. Người quản trị cần cài thêm phần {expected}.",
        "This machine has no driver for {found}. Its administrator must install {expected}.",
    ),
    # who asks
    "login-refused": Label(
        "{found} không nhận tên đăng nhập hoặc mật khẩu (“{said}”). Hãy kiểm tra với đơn vị chủ quản rồi nhập lại.",
        "{found} does not accept the user name or the password (“{said}”). Check with its owner and enter them anew.",
    ),
    "login-not-ascii": Label(
        "Tên đăng nhập hoặc mật khẩu của hộp thư {found} có chữ có dấu; máy chủ thư không nhận được.",
        "The user name or the password of the mailbox {found} has letters that mail servers cannot take.",
    ),
    "forbidden-there": Label(
        "{found} nhận tài khoản nhưng không cho đọc (“{said}”). Hãy đề nghị đơn vị chủ quản cấp quyền đọc.",
        "{found} knows the account but does not let it read (“{said}”). Ask the owner for the right to read.",
    ),
    # HTTP
    "nothing-there": Label(
        "{found} không có đường dẫn {path}. Địa chỉ hoặc đường dẫn sai, hoặc hệ thống bên đó đã thay đổi.",
        "{found} has no {path}. The address or the path is wrong, or the system over there has changed.",
    ),
    "request-refused": Label(
        "{found} từ chối yêu cầu tới {path} (“{said}”).",
        "{found} refuses the request to {path} (“{said}”).",
    ),
    "source-says-error": Label(
        "Hệ thống bên kia báo lỗi, mã {found}: “{said}”.",
        "The other system reports an error, code {found}: “{said}”.",
    ),
    "answer-not-json": Label(
        "Bên kia trả lời không phải JSON mà là: “{found}”. Thường là trang đăng nhập hoặc trang báo lỗi.",
        "The answer is not JSON but: “{found}”. Mostly it is a log-in page or a page of an error.",
    ),
    "rows-not-a-list": Label(
        "Trong câu trả lời, chỗ “{found}” không phải là danh sách dòng.",
        "What stands at “{found}” in the answer is no list of rows.",
    ),
    "page-too-large": Label(
        "Một trang trả lời lớn {found}, quá mức {expected}. Hãy giảm số dòng mỗi trang.",
        "One page is {found}, more than {expected}. Ask for fewer rows a page.",
    ),
    "too-large": Label(
        "{found} lớn hơn mức nhận tối đa {expected}; không nhận.",
        "{found} is larger than the {expected} that are taken; it was not taken.",
    ),
    "encoding-unknown": Label(
        "Bên kia nén câu trả lời theo kiểu {found}; trung tâm chỉ nhận {expected}.",
        "The answer is packed as {found}; only {expected} is taken.",
    ),
    "template-unknown": Label(
        "Không có tên “{found}” để điền vào mẫu. Các tên dùng được: {expected}.",
        "There is no “{found}” to put in. Known names: {expected}.",
    ),
    "header-unreadable": Label(
        "Dòng đầu mục “{found}” viết chưa đúng (cần “Tên: giá trị”, mỗi dòng một mục).",
        "The header “{found}” is not well written (“Name: value”, one a line).",
    ),
    "since-not-a-time": Label(
        "Mốc lấy tiếp “{found}” không đọc được theo kiểu {expected}, nên không lùi lại được.",
        "The place to go on from, “{found}”, cannot be read as {expected}, so it cannot be set back.",
    ),
    "setting-unknown": Label(
        "Giá trị “{found}” không dùng được. Chọn một trong: {expected}.",
        "“{found}” cannot be used. Choose one of: {expected}.",
    ),
    # folders, SFTP
    "folder-not-allowed": Label(
        "Thư mục {found} không nằm trong nơi được phép ({expected}). Người quản trị máy có thể thêm vào HAIDANG_DROPS.",
        "The folder {found} is not where folders may be ({expected}). The administrator may add to HAIDANG_DROPS.",
    ),
    "folder-missing": Label(
        "Không thấy thư mục {found}. Có thể ổ mạng chưa được nối; trung tâm sẽ tự thử lại.",
        "The folder {found} is not there. Perhaps a network drive is not mounted; it is tried again.",
    ),
    "folder-forbidden": Label(
        "Không có quyền đọc hoặc chuyển tệp trong {found}. Hãy cấp quyền đọc và ghi cho trung tâm.",
        "Reading or moving files in {found} is not permitted. Grant the centre the right to read and write there.",
    ),
    "folder-fails": Label(
        "Đọc {found} bị lỗi ({why}). Sẽ tự thử lại.",
        "Reading {found} failed ({why}). It is tried again.",
    ),
    "folder-too-full": Label(
        "Thư mục đang giữ {found} tệp, quá mức {expected}. Hãy chọn chuyển hoặc xóa tệp sau khi nhận.",
        "The folder holds {found} files, more than {expected}. Choose to move or delete files after they are taken.",
    ),
    "link-refused": Label(
        "{found} là liên kết hoặc không phải tệp thường; vì an toàn không đọc. Hãy đặt tệp thật vào thư mục.",
        "{found} is a link or no plain file; for safety it is not read. Put the file itself there.",
    ),
    "move-to-unreadable": Label(
        "Tên thư mục con “{found}” không dùng được: chỉ một tên, không có dấu gạch chéo, không bắt đầu bằng dấu chấm.",
        "The subfolder “{found}” cannot be used: one name, without slashes, not beginning with a dot.",
    ),
    "host-key-unknown": Label(
        "Chưa có khóa của máy {found}. Máy đó đưa ra khóa: {offered}. Hãy đối chiếu với người quản trị bên đó "
        "(gọi điện, công văn), đúng thì dán vào ô “Khóa của máy chủ”.",
        "The key of {found} is not known yet. It shows this one: {offered}. Compare it with its administrator (by "
        "telephone, by letter); if it is right, paste it into “Key of the server”.",
    ),
    "host-key-changed": Label(
        "Máy {found} đưa ra khóa khác với khóa đã ghi. Có thể máy đã được cài lại, cũng có thể là máy giả mạo: "
        "không gửi mật khẩu. Hãy hỏi người quản trị bên đó trước khi đổi khóa.",
        "{found} shows another key than the one known. It may have been installed anew, or it may be an impostor: no "
        "password was sent. Ask its administrator before you change the key.",
    ),
    "host-key-unreadable": Label(
        "Không đọc được khóa của máy chủ. Cần dòng bắt đầu bằng ssh-ed25519, ssh-rsa hoặc ecdsa-…",
        "The key of the server cannot be read. It is a line beginning with ssh-ed25519, ssh-rsa or ecdsa-…",
    ),
    "private-key-unreadable": Label(
        "Không đọc được khóa riêng, hoặc sai mật khẩu của khóa. Khóa có mật khẩu cần dạng PKCS#8 "
        "(ENCRYPTED PRIVATE KEY).",
        "The private key cannot be read, or its passphrase is wrong. One with a passphrase must be PKCS#8 "
        "(ENCRYPTED PRIVATE KEY).",
    ),
    # SQL
    "database-unknown": Label(
        "Máy chủ không có cơ sở dữ liệu tên {found}.",
        "The server has no database named {found}.",
    ),
    "query-not-a-select": Label(
        "Chỉ được hỏi bằng đúng một câu SELECT, không ghi, không khóa: “{found}”.",
        "Only one SELECT may be asked, which writes and locks nothing: “{found}”.",
    ),
    "query-unreadable": Label(
        "Câu hỏi SQL viết chưa đúng: {found}",
        "The SQL cannot be read: {found}",
    ),
    "query-harmful": Label(
        "Câu hỏi SQL gọi hàm không được phép: {found}.",
        "The SQL calls functions that are not allowed: {found}.",
    ),
    "query-refused": Label(
        "Cơ sở dữ liệu không nhận câu hỏi: {found}. Có thể bảng hoặc cột bên đó đã đổi tên.",
        "The database does not take the query: {found}. A table or a column may have been renamed over there.",
    ),
    # mail
    "senders-unreadable": Label(
        "Danh sách người gửi được phép viết chưa đúng: “{found}”. Viết địa chỉ thư, hoặc @ten-mien cho cả một cơ quan.",
        "The allowed senders are not well written: “{found}”. Write addresses, or @domain for a whole office.",
    ),
    "mailbox-missing": Label(
        "Hộp thư không có thư mục {found} (“{said}”).",
        "The mailbox has no folder {found} (“{said}”).",
    ),
    "mailbox-refuses": Label(
        "Máy chủ thư từ chối {found} (“{said}”).",
        "The mail server refuses {found} (“{said}”).",
    ),
    "mail-not-encrypted": Label(
        "Không đăng nhập vào hộp thư {found} khi chưa mã hóa: mật khẩu sẽ lộ trên đường. Hãy chọn TLS hoặc STARTTLS.",
        "No log-in to {found} without encryption: the password would be seen on the way. Choose TLS or STARTTLS.",
    ),
}
