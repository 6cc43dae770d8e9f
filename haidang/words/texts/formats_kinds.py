"""Texts of the kinds of files that running systems send: JSON and XML by path, envelopes, lines, feeds, mail."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "not-that-kind": Label(
        "Nguồn này gửi dữ liệu dạng {expected} nhưng nội dung nhận được là {found}. Hãy kiểm tra địa chỉ lấy dữ liệu, "
        "hoặc xem hệ thống nguồn có đang báo lỗi hay đòi đăng nhập không.",
        "This source sends {expected} but what came is {found}. Please check the address, or whether the system shows "
        "an error or asks to log in.",
    ),
    "no-such-format": Label(
        "Chương trình không có định dạng “{found}”. Hãy sửa khóa format của nguồn.",
        "There is no format “{found}”. Please correct the source's format.",
    ),
    "path-unclear": Label(
        "Đường dẫn “{found}” viết chưa đúng (chỗ “{at}”). Hãy sửa phần read của nguồn; ví dụ: data[*] hoặc /goc/hoSo.",
        "The path “{found}” is not well written (at “{at}”). Please correct it; examples: data[*] or /root/item.",
    ),
    "path-absent": Label(
        "Tệp không có phần “{found}” mà nguồn khai; ở chỗ đó tệp có: {expected}.",
        "The file has no “{found}” as the source declares; what stands there: {expected}.",
    ),
    "too-many-broken": Label(
        "Hơn {found} dòng không đọc được. Tệp không đúng định dạng mà nguồn khai.",
        "More than {found} lines cannot be read. The file is not of the declared format.",
    ),
    "xml-text-before": Label(
        "Trước phần đầu của tệp XML có ký tự thừa “{found}”, nên tệp không đúng chuẩn XML. Hãy đề nghị nơi gửi xuất "
        "lại tệp, không thêm gì trước dấu “<” đầu tiên.",
        "Stray characters “{found}” stand before the XML begins. Please ask the sender to export it again with nothing "
        "before the first “<”.",
    ),
    "xml-broken": Label(
        "Tệp XML sai cú pháp ở dòng {found}, ký tự {column}: có thể tệp bị cắt giữa chừng. Hãy đề nghị nơi gửi xuất "
        "lại.",
        "The XML is broken at line {found}, character {column}; it may be cut short. Please ask for it again.",
    ),
    "xml-too-deep": Label(
        "Tệp XML lồng quá nhiều tầng (mức cho phép: {expected}).", "The XML is nested too deep (allowed: {expected})."
    ),
    "xml-too-large": Label(
        "Tệp XML có một giá trị quá dài (ở {found}; mức cho phép: {expected} MB).",
        "The XML holds a value that is too long (at {found}; allowed: {expected} MB).",
    ),
    "xml-encoding": Label(
        "Tệp XML dùng bảng mã {found}, không được nhận. Hãy lưu lại bằng UTF-8.",
        "The XML is in {found}, which is not taken. Please save it as UTF-8.",
    ),
    "unsafe-doctype": Label(
        "Tệp XML có phần khai báo không an toàn ({found}). Tệp không được đọc để bảo vệ hệ thống; hãy đề nghị nơi gửi "
        "bỏ phần khai báo DOCTYPE, ENTITY.",
        "The XML holds an unsafe declaration ({found}). It was not read, to protect the system; please ask the sender "
        "to leave DOCTYPE and ENTITY out.",
    ),
    "doctype-left-out": Label(
        "Tệp XML có khai báo DOCTYPE; đã bỏ qua khai báo này.", "The XML has a DOCTYPE; it was passed over."
    ),
}
TEXTS |= {
    "station-unnamed": Label(
        "Tên tệp “{found}” không cho biết trạm. Tên phải có dạng <trạm>_<nămthángngàygiờphútgiây>.txt; hoặc khai "
        "station trong phần read của nguồn.",
        "The name “{found}” tells no station. It must be <station>_<YYYYMMDDhhmmss>.txt, or the source says station.",
    ),
    "station-line-fields": Label(
        "Dòng không đủ năm phần: ký hiệu, giá trị, đơn vị, thời điểm, trạng thái (dòng là “{found}”).",
        "The line lacks its five parts: symbol, value, unit, time, state (it is “{found}”).",
    ),
    "station-line-time": Label(
        "Thời điểm đo không đúng dạng nămthángngàygiờphútgiây, 14 chữ số (dòng là “{found}”).",
        "The time is not YYYYMMDDhhmmss of 14 digits (the line is “{found}”).",
    ),
    "line-no-json": Label(
        "Dòng không phải một bản ghi JSON đọc được (“{found}”).", "The line is no readable JSON record (“{found}”)."
    ),
    "half-line-left-out": Label(
        "Dòng cuối (dòng {found}) mới ghi được một nửa nên để lại, chưa nhận.",
        "The last line ({found}) is only half written and was left out.",
    ),
    "events-passed-over": Label(
        "Bỏ qua {found} sự kiện không thuộc loại cần lấy ({expected}).",
        "{found} events of other kinds than {expected} were passed over.",
    ),
}
TEXTS |= {
    "bhyt-no-envelope": Label(
        "Tệp không phải gói hồ sơ BHYT theo QĐ 130/4750: thẻ ngoài cùng là {found}, cần là GIAMDINHHS.",
        "The file is no insurance envelope (QĐ 130/4750): its element is {found}, not GIAMDINHHS.",
    ),
    "bhyt-no-part": Label(
        "Gói hồ sơ BHYT không có bảng {found}; các bảng có trong gói: {expected}.",
        "The insurance envelope holds no {found}; it holds: {expected}.",
    ),
    "bhyt-part-base64": Label(
        "Nội dung của hồ sơ thứ {found} không phải mã base64. Các hồ sơ khác vẫn được nhận; hãy đề nghị "
        "gửi lại hồ sơ này.",
        "The content of dossier {found} is not base64. The others were taken; please ask for this one again.",
    ),
    "bhyt-part-empty": Label(
        "Hồ sơ thứ {found} không có nội dung. Các hồ sơ khác vẫn được nhận.",
        "Dossier {found} has no content. The others were taken.",
    ),
    "bhyt-part-unsafe": Label(
        "Nội dung của hồ sơ thứ {found} chứa khai báo XML không an toàn nên không được đọc. Các hồ sơ khác "
        "vẫn được nhận.",
        "The content of dossier {found} holds an unsafe XML declaration and was not read. The others were taken.",
    ),
    "bhyt-part-broken": Label(
        "Nội dung của hồ sơ thứ {found} sai cú pháp XML. Các hồ sơ khác vẫn được nhận; hãy đề nghị gửi lại hồ sơ này.",
        "The content of dossier {found} is broken XML. The others were taken; please ask for this one again.",
    ),
    "bhyt-no-base64": Label("Nội dung bảng không phải mã base64.", "The content of the part is not base64."),
    "bhyt-dossiers-without": Label(
        "Hồ sơ thứ {found} không có bảng {expected}.", "Dossiers {found} have no {expected}."
    ),
    "bhyt-count-differs": Label(
        "Gói ghi có {expected} hồ sơ nhưng đếm được {found}; có thể gói bị thiếu.",
        "The envelope says {expected} dossiers but holds {found}; it may be incomplete.",
    ),
    "edxml-no-header": Label(
        "Tệp XML không phải văn bản điện tử theo QCVN 102: không có phần MessageHeader (thẻ ngoài cùng là {found}).",
        "The XML is no e-document of QCVN 102: it has no MessageHeader (its element is {found}).",
    ),
}
TEXTS |= {
    "cef-too-many-keys": Label(
        "Dòng nhật ký CEF có quá nhiều trường nên không được đọc (“{found}”).",
        "The CEF line has too many keys and was not read (“{found}”).",
    ),
    "line-no-log": Label(
        "Dòng không theo mẫu nhật ký nào được biết: RFC 5424, RFC 3164 hay CEF (“{found}”).",
        "The line is of no known shape: RFC 5424, RFC 3164 or CEF (“{found}”).",
    ),
    "feed-no-items": Label(
        "Bản tin (RSS, Atom) không có mục nào đọc được.", "The feed (RSS, Atom) holds no readable item."
    ),
    "feed-broken": Label(
        "Bản tin (RSS, Atom) có chỗ sai cú pháp ({found}); các mục đọc được vẫn được nhận.",
        "The feed is broken in places ({found}); the items that could be read were taken.",
    ),
    "feed-cut": Label(
        "Bản tin có {found} mục; chỉ nhận {expected} mục đầu.",
        "The feed has {found} items; the first {expected} were taken.",
    ),
    "mail-too-many-headers": Label(
        "Thư có phần đầu quá dài ({found} dòng; mức cho phép {expected}) nên không được đọc.",
        "The mail's header is too long ({found} lines; {expected} allowed) and was not read.",
    ),
    "mail-too-many-parts": Label(
        "Thư có quá nhiều phần lồng nhau (mức cho phép {expected}) nên không được đọc.",
        "The mail has too many parts within parts ({expected} allowed) and was not read.",
    ),
    "mail-no-header": Label(
        "Tệp không phải thư điện tử: không có phần đầu (From, Date, Subject).",
        "The file is no e-mail: it has no header (From, Date, Subject).",
    ),
    "mail-body-cut": Label(
        "Nội dung thư dài; chỉ giữ {expected} ký tự đầu.", "The mail is long; its first {expected} characters are kept."
    ),
}
