"""Texts of the kinds of files that running systems send: JSON and XML by path, envelopes, lines, feeds, mail."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "not-that-kind": Label(
        "Nguồn này gửi dữ liệu dạng {expected} nhưng nội dung nhận được là {found}. Hãy kiểm tra địa chỉ lấy dữ liệu, "
        "hoặc xem hệ thống nguồn có đang báo lỗi hay đòi đăng nhập không.",
        "This source sends {expected} but what came is {found}. Please check the address, or whether the system shows "
        "an error or asks to log in.",
    ),
    "unknown-kind": Label(
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
