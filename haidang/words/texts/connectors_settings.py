"""Names of connectors and of their settings, with a sentence of help for each; those of http stand beside."""

from haidang.words.nouns import Label

Said = tuple[str, str, str, str]
"""Label vi, en; help vi, en."""

CA: Said = (
    "Chứng thư gốc (PEM)",
    "Authority's certificate (PEM)",
    "Chỉ khi bên kia dùng chứng thư nội bộ: dán nội dung PEM, hoặc đường dẫn tệp trên máy của trung tâm.",
    "Only when the other side uses a certificate of its own: paste the PEM, or the path of a file on this machine.",
)
TIMEOUT: Said = (
    "Thời gian chờ (giây)",
    "Time allowed (seconds)",
    "Bên kia im lặng lâu hơn thì dừng và thử lại sau.",
    "When the other side is silent for longer, it is stopped and tried again later.",
)
USERNAME: Said = (
    "Tên đăng nhập",
    "User name",
    "Tài khoản chỉ đọc mà đơn vị chủ quản cấp cho trung tâm.",
    "An account that may only read, which the owner gave the centre.",
)
PASSWORD: Said = (
    "Mật khẩu",
    "Password",
    "Được mã hóa khi lưu; không ai xem lại được, chỉ nhập mới.",
    "Kept sealed; nobody can read it again, only enter a new one.",
)
SINCE_FIRST: Said = (
    "Mốc bắt đầu",
    "Where to begin",
    "Lần đầu tiên lấy từ mốc này; để trống là lấy tất cả.",
    "The first time is asked from here; empty: everything.",
)
OVERLAP: Said = (
    "Lấy chồng lại",
    "Overlap",
    "Số giây (hoặc số đơn vị của cột số) lấy lùi lại mỗi lần, để không sót dòng ghi muộn; không dòng nào bị nhân đôi.",
    "Seconds (or units of a number) asked again each time, so that rows written late are not missed; none is doubled.",
)

_DROPS: dict[str, Said] = {
    "pattern": (
        "Mẫu tên tệp",
        "Pattern of names",
        "Ví dụ *.xml; nhiều mẫu cách nhau bằng dấu chấm phẩy. Không phân biệt hoa thường.",
        "For example *.xml; several are separated by semicolons. Capitals do not matter.",
    ),
    "complete": (
        "Khi nào tệp được coi là xong",
        "When a file is whole",
        "settle: không thay đổi trong số giây dưới đây. done: bên gửi đặt thêm một tệp cùng tên có đuôi .done.",
        "settle: unchanged for the seconds below. done: the sender lays a file of the same name with .done beside it.",
    ),
    "settle": (
        "Số giây phải đứng yên",
        "Seconds without a change",
        "Tệp còn đang ghi không bao giờ được lấy.",
        "A file that is still being written is never taken.",
    ),
    "after": (
        "Sau khi nhận",
        "Afterwards",
        "move: chuyển vào thư mục con; delete: xóa; leave: để nguyên (tối đa 2.000 tệp).",
        "move: into a subfolder; delete; leave: where it is (at most 2,000 files).",
    ),
    "move_to": (
        "Thư mục con cho tệp đã nhận",
        "Subfolder of taken files",
        "Được tạo khi chưa có; tệp trùng tên được thêm số, không ghi đè.",
        "Made when it is not there; a name that is taken gets a number, nothing is written over.",
    ),
    "most_files": (
        "Số tệp mỗi lần",
        "Files at a time",
        "Nhiều hơn thì lấy tiếp ở lần sau.",
        "More are taken the next time.",
    ),
}

_KINDS: dict[str, Said] = {
    "folder": (
        "Thư mục trên máy này",
        "Folder of this machine",
        "Đơn vị hoặc chương trình đặt tệp vào một thư mục; trung tâm lấy khi tệp đã xong.",
        "An office or a program lays files into a folder; they are taken when they are whole.",
    ),
    "sftp": (
        "Thư mục trên máy khác (SFTP)",
        "Folder of another machine (SFTP)",
        "Như thư mục, nhưng ở máy của đơn vị, qua đường truyền mã hóa.",
        "Like a folder, on the office's own machine, over an encrypted line.",
    ),
    "sql": (
        "Cơ sở dữ liệu (SQL)",
        "Database (SQL)",
        "Đọc bảng của hệ thống bên kia, chỉ đọc, theo lô, chỉ phần mới.",
        "Reads tables of the other system: only reads, in batches, only what is new.",
    ),
    "imap": (
        "Hộp thư điện tử (IMAP)",
        "Mailbox (IMAP)",
        "Nhận tệp đính kèm từ những người gửi được phép.",
        "Takes attachments from allowed senders.",
    ),
}

_FOLDER: dict[str, Said] = {
    "path": (
        "Thư mục",
        "Folder",
        "Nằm trong nơi được phép (HAIDANG_DROPS); có thể viết tương đối.",
        "Where folders may be (HAIDANG_DROPS); it may be relative to that.",
    ),
    **_DROPS,
    "append": (
        "Tệp được ghi nối dài",
        "The file grows",
        "true: như nhật ký, lấy các dòng mới đã trọn vẹn, hiểu khi tệp được xoay vòng; không chuyển, không xóa.",
        "true: like a log; new whole lines are taken, also when it is rotated; nothing is moved or deleted.",
    ),
}

_SFTP: dict[str, Said] = {
    "address": (
        "Địa chỉ máy chủ SFTP",
        "Address of the SFTP server",
        "Ví dụ tep.so-yt.tinh.gov.vn:22.",
        "For example files.example.vn:22.",
    ),
    "host_key": (
        "Khóa của máy chủ",
        "Key of the server",
        "Dòng ssh-ed25519 … của máy đó. Để trống rồi bấm thử: trung tâm hiện khóa máy đưa ra để đối chiếu.",
        "Its line ssh-ed25519 …. Leave it empty and try: the key it shows is told, for you to compare.",
    ),
    "username": USERNAME,
    "password": PASSWORD,
    "private_key": (
        "Khóa riêng",
        "Private key",
        "Thay cho mật khẩu (dạng OpenSSH hoặc PEM); được mã hóa khi lưu.",
        "Instead of a password (OpenSSH or PEM); kept sealed.",
    ),
    "passphrase": ("Mật khẩu của khóa riêng", "Passphrase of the key", "Nếu khóa có đặt.", "If it has one."),
    "path": ("Thư mục trên máy đó", "Folder over there", "Ví dụ /gui-ioc.", "For example /outgoing."),
    **_DROPS,
    "timeout": TIMEOUT,
}

_SQL: dict[str, Said] = {
    "dialect": (
        "Hệ quản trị",
        "Kind of database",
        "postgresql, mysql (cả MariaDB), mssql (SQL Server), oracle. Hai loại sau cần cài thêm trình điều khiển.",
        "postgresql, mysql (also MariaDB), mssql (SQL Server), oracle. The last two need a driver to be installed.",
    ),
    "address": (
        "Địa chỉ máy chủ",
        "Address of the server",
        "Máy và cổng, ví dụ 10.20.1.5:5432.",
        "Host and port, for example 10.20.1.5:5432.",
    ),
    "database": (
        "Tên cơ sở dữ liệu",
        "Name of the database",
        "Với Oracle là tên dịch vụ.",
        "For Oracle the service.",
    ),
    "username": USERNAME,
    "password": PASSWORD,
    "security": (
        "Mã hóa đường truyền",
        "Encryption",
        "prefer: mã hóa nếu được; require: bắt buộc; verify: bắt buộc và kiểm chứng thư; off: không.",
        "prefer: when it can; require; verify: and prove the certificate; off.",
    ),
    "ca": CA,
    "query": (
        "Câu hỏi (SELECT)",
        "Query (SELECT)",
        "Đúng một câu SELECT; có thể dùng :since, :start, :end.",
        "One SELECT; :since, :start and :end may stand in it.",
    ),
    "table": (
        "Bảng",
        "Table",
        "Khi không có câu hỏi: luoc_do.bang.",
        "When there is no query: schema.table.",
    ),
    "columns": (
        "Các cột",
        "Columns",
        "Cách nhau bằng dấu phẩy; để trống là tất cả.",
        "Separated by commas; empty: all.",
    ),
    "cursor_column": (
        "Cột làm mốc lấy tiếp",
        "Column to go on from",
        "Thời điểm sửa hoặc số tăng dần; để trống thì mỗi lần lấy lại toàn bộ.",
        "When a row changed, or a growing number; empty: everything each time.",
    ),
    "order_by": (
        "Xếp thêm theo",
        "Ordered further by",
        "Cột khóa, để các dòng cùng mốc luôn theo một thứ tự.",
        "The key, so that rows of one moment always come in the same order.",
    ),
    "since_first": SINCE_FIRST,
    "overlap": OVERLAP,
    "batch": ("Số dòng mỗi lô", "Rows a batch", "Mỗi lô là một lần nạp.", "Each batch is one arrival."),
    "timeout": (
        "Thời gian cho một câu hỏi (giây)",
        "Time for a query (seconds)",
        "Quá thời gian này máy chủ tự dừng câu hỏi, để không làm nặng hệ thống bên đó.",
        "After that the server ends the query, so that the system over there is not held up.",
    ),
}

_IMAP: dict[str, Said] = {
    "address": (
        "Địa chỉ máy chủ thư",
        "Address of the mail server",
        "Ví dụ mail.tinh.gov.vn:993.",
        "For example mail.example.vn:993.",
    ),
    "security": (
        "Mã hóa",
        "Encryption",
        "tls, starttls; none chỉ dùng được trên chính máy này.",
        "tls, starttls; none works on this very machine alone.",
    ),
    "username": (
        "Tên đăng nhập hộp thư",
        "User name of the mailbox",
        "Nên là hộp thư riêng cho việc nhận số liệu.",
        "Best a mailbox of its own for taking data.",
    ),
    "password": PASSWORD,
    "senders": (
        "Người gửi được phép",
        "Allowed senders",
        "Mỗi dòng một địa chỉ, hoặc @ten-mien cho cả cơ quan. Thư của người khác để nguyên.",
        "An address a line, or @domain for a whole office. Mails of others stay where they are.",
    ),
    "proof": (
        "Dấu xác thực phải có",
        "Proof of the sender",
        "Những chữ máy chủ thư của tỉnh phải ghi trong Authentication-Results, ví dụ mail.tinh.gov.vn, dkim=pass.",
        "Words the province's mail server must have written into Authentication-Results, for example dkim=pass.",
    ),
    "mailbox": ("Thư mục thư", "Folder of mails", "Thường là INBOX.", "Mostly INBOX."),
    "take": (
        "Lấy gì",
        "What is taken",
        "attachments: tệp đính kèm; mail: cả bức thư.",
        "attachments; mail: the whole mail.",
    ),
    "pattern": (
        "Mẫu tên tệp đính kèm",
        "Pattern of attachments",
        "Nhiều mẫu cách nhau bằng dấu chấm phẩy.",
        "Several are separated by semicolons.",
    ),
    "after": (
        "Sau khi nhận",
        "Afterwards",
        "seen: đánh dấu đã đọc; move: chuyển thư mục; leave: để nguyên.",
        "seen: marked as read; move: to another folder; leave.",
    ),
    "move_to": (
        "Thư mục cho thư đã nhận",
        "Folder of taken mails",
        "Được tạo khi chưa có.",
        "Made when it is not there.",
    ),
    "most_mails": ("Số thư mỗi lần", "Mails at a time", "Còn lại lấy lần sau.", "The others come the next time."),
    "ca": CA,
    "timeout": TIMEOUT,
}


def labels(kind: str, itself: Said, settings: dict[str, Said]) -> dict[str, Label]:
    """`connector.<kind>`, `connector.<kind>.<setting>`, and each with `.help`."""
    all_said = {f"connector.{kind}": itself, **{f"connector.{kind}.{name}": said for name, said in settings.items()}}
    return {
        code: label
        for base, (vi, en, help_vi, help_en) in all_said.items()
        for code, label in ((base, Label(vi, en)), (f"{base}.help", Label(help_vi, help_en)))
    }


TEXTS: dict[str, Label] = {
    **labels("folder", _KINDS["folder"], _FOLDER),
    **labels("sftp", _KINDS["sftp"], _SFTP),
    **labels("sql", _KINDS["sql"], _SQL),
    **labels("imap", _KINDS["imap"], _IMAP),
}
