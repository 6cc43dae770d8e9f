"""The settings of the connector http, with a sentence of help for each; for whoever connects a source."""

from haidang.words.nouns import Label
from haidang.words.texts.connectors_settings import (
    CA,
    OVERLAP,
    PASSWORD,
    SINCE_FIRST,
    TIMEOUT,
    USERNAME,
    Said,
    labels,
)

_KIND: Said = (
    "HTTP (hỏi API hoặc tải tệp)",
    "HTTP (asks an API or fetches a file)",
    "Trung tâm tự hỏi hệ thống bên kia theo lịch, từng trang, chỉ phần mới.",
    "The centre asks the other system by schedule, page by page, only what is new.",
)

_HTTP: dict[str, Said] = {
    "address": (
        "Địa chỉ hệ thống",
        "Address of the system",
        "Ví dụ https://motcua.tinh.gov.vn; chỉ các mạng được phép.",
        "For example https://onestop.example.vn; only in allowed networks.",
    ),
    "path": (
        "Đường dẫn",
        "Path",
        "Phần đứng sau địa chỉ; có thể chứa tên trong ngoặc như {{unit}}, {{page}}.",
        "What follows the address; names in braces may stand in it, such as {{unit}}, {{page}}.",
    ),
    "method": ("Cách hỏi", "Method", "GET hoặc POST.", "GET or POST."),
    "params": (
        "Tham số trên địa chỉ",
        "Parameters",
        "ten={{since}}&trang={{page}}; tham số rỗng được bỏ đi.",
        "name={{since}}&page={{page}}; one that is empty is left out.",
    ),
    "headers": (
        "Đầu mục",
        "Headers",
        "Mỗi dòng một mục: Tên: giá trị. Có thể chứa {{session}}, {{token}}.",
        "One a line: Name: value. {{session}} and {{token}} may stand in it.",
    ),
    "body": (
        "Nội dung gửi đi",
        "Body",
        "Với POST; giá trị điền vào được viết an toàn theo JSON, XML hoặc biểu mẫu.",
        "For POST; what is put in is escaped for JSON, XML or a form.",
    ),
    "content_type": (
        "Kiểu nội dung gửi đi",
        "Type of the body",
        "Để trống: tự nhận theo chữ đầu (JSON, XML, biểu mẫu).",
        "Empty: told by its first letter (JSON, XML, a form).",
    ),
    "unit": (
        "Mã đơn vị",
        "Code of the unit",
        "Mã của tỉnh hoặc sở trên hệ thống đó (ví dụ H37.10), điền vào {{unit}}.",
        "The province's or department's code over there (for example H37.10), put in for {{unit}}.",
    ),
    "auth": (
        "Cách xác thực",
        "How it is proved who asks",
        "none: không; basic: tên và mật khẩu; bearer: mã truy cập; key: khóa trong đầu mục.",
        "none; basic: name and password; bearer: a token; key: a key in a header.",
    ),
    "key_header": (
        "Tên đầu mục chứa khóa",
        "Header of the key",
        "Chỉ khi xác thực kiểu key.",
        "Only for key.",
    ),
    "username": USERNAME,
    "password": PASSWORD,
    "token": (
        "Mã truy cập",
        "Token",
        "Mã hoặc khóa dài hạn bên kia cấp; được mã hóa khi lưu.",
        "A lasting token or key the other side gave; kept sealed.",
    ),
    "login_address": (
        "Địa chỉ đăng nhập",
        "Address to log in",
        "Chỉ khi khác địa chỉ hệ thống.",
        "Only when it is another than the system's.",
    ),
    "login_path": (
        "Đường dẫn đăng nhập",
        "Path to log in",
        "Có thì trung tâm đăng nhập trước để lấy phiên.",
        "When it stands, the centre logs in first and gets a session.",
    ),
    "login_body": (
        "Nội dung đăng nhập",
        "Body of the log-in",
        "Chứa {{username}} và {{password}}.",
        "With {{username}} and {{password}}.",
    ),
    "login_type": (
        "Kiểu nội dung đăng nhập",
        "Type of that body",
        "Để trống: tự nhận.",
        "Empty: told by itself.",
    ),
    "session_field": (
        "Chỗ của mã phiên",
        "Where the session stands",
        "Đường dẫn trong câu trả lời đăng nhập, ví dụ session hoặc data.access_token.",
        "A path into the answer, for example session or data.access_token.",
    ),
    "session_seconds": (
        "Phiên dùng được (giây)",
        "A session lasts (seconds)",
        "Lâu hơn thì đăng nhập lại.",
        "After that the centre logs in anew.",
    ),
    "error_field": (
        "Chỗ của mã lỗi",
        "Where an error's code stands",
        "Cho hệ thống luôn trả lời 200 và ghi lỗi trong nội dung, ví dụ error_code.",
        "For systems that always answer 200 and tell the error inside, for example error_code.",
    ),
    "error_ok": (
        "Mã nghĩa là thành công",
        "Codes that mean success",
        "Cách nhau bằng dấu phẩy.",
        "Separated by commas.",
    ),
    "error_text": (
        "Chỗ của lời báo lỗi",
        "Where its words stand",
        "Được hiện nguyên văn cho người xử lý.",
        "They are shown as they are to whoever mends it.",
    ),
    "expired_codes": (
        "Mã nghĩa là phiên đã hết",
        "Codes of a session that ended",
        "Gặp mã này (hoặc 401) thì đăng nhập lại một lần.",
        "On one of them (or 401) the centre logs in once more.",
    ),
    "busy_codes": (
        "Mã nghĩa là đang bận",
        "Codes of being busy",
        "Gặp mã này thì tự thử lại sau.",
        "On one of them it is tried again later.",
    ),
    "rows": (
        "Chỗ của danh sách dòng",
        "Where the rows stand",
        "Ví dụ data.items; $ là cả câu trả lời. Danh sách rỗng nghĩa là hết trang.",
        "For example data.items; $ is the whole answer. An empty list ends the pages.",
    ),
    "paging": (
        "Cách sang trang",
        "Paging",
        "none; page: số trang; offset: số dòng đã qua; cursor: mã trang sau trong câu trả lời; link: đầu mục Link.",
        "none; page: its number; offset: rows before it; cursor: a token in the answer; link: the Link header.",
    ),
    "page_size": ("Số dòng mỗi trang", "Rows a page", "Điền vào {{page_size}}.", "Put in for {{page_size}}."),
    "first_page": ("Số của trang đầu", "Number of the first page", "Thường là 1 hoặc 0.", "Mostly 1 or 0."),
    "next_field": (
        "Chỗ của mã trang sau",
        "Where the next page is told",
        "Với kiểu cursor; mã hoặc cả địa chỉ của trang sau.",
        "For cursor; a token or the whole address of the next page.",
    ),
    "most_pages": (
        "Số trang mỗi lần",
        "Pages at a time",
        "Nhiều hơn thì lần sau lấy tiếp từ chỗ dừng.",
        "The next time goes on where it stopped.",
    ),
    "cursor_field": (
        "Trường làm mốc lấy tiếp",
        "Field to go on from",
        "Trường trong mỗi dòng (thời điểm sửa, số tăng dần); giá trị lớn nhất thành {{since}} lần sau.",
        "A field of each row (when it changed, a growing number); the highest becomes {{since}}.",
    ),
    "since_first": SINCE_FIRST,
    "overlap": OVERLAP,
    "ahead": (
        "Cho phép sớm hơn giờ hiện tại (giây)",
        "How far ahead of now (seconds)",
        "Dòng có thời điểm xa hơn trong tương lai vẫn được nhận nhưng không làm mốc: đồng hồ bên đó sai.",
        "Rows further in the future are taken but not gone on from: a clock over there is wrong.",
    ),
    "time_format": (
        "Cách viết thời điểm",
        "How moments are written",
        "iso, epoch, epoch-ms, hoặc mẫu như yyyyMMddHHmmss.",
        "iso, epoch, epoch-ms, or a pattern such as yyyyMMddHHmmss.",
    ),
    "first_days": (
        "Lần đầu lấy lùi (ngày)",
        "Days back the first time",
        "Khi mẫu dùng {{start}} và {{end}}.",
        "When {{start}} and {{end}} are used.",
    ),
    "unchanged": (
        "Khi nội dung không đổi",
        "When nothing changed",
        "skip: bỏ qua nếu giống hệt lần trước; take: vẫn nhận.",
        "skip: when it is what came last; take it all the same.",
    ),
    "ca": CA,
    "timeout": TIMEOUT,
    "whole_timeout": (
        "Thời gian cho cả một trang (giây)",
        "Time for one whole page (seconds)",
        "Quá thời gian này thì dừng, dù bên kia vẫn gửi nhỏ giọt.",
        "After that it is stopped even when bytes still trickle.",
    ),
}

TEXTS: dict[str, Label] = labels("http", _KIND, _HTTP)
