"""Texts of Open311 GeoReport: what a service asks for, what a caller is refused, the channel's settings."""

from haidang.words.nouns import Label

_TEXTS: dict[str, tuple[str, str]] = {
    "open311.place": (
        "Xã, phường nơi xảy ra việc phản ánh",
        "The commune it happened in",
    ),
    "open311.public": (
        "Cho công khai kết quả xử lý (không kèm thông tin người gửi)",
        "May the result be published (never with the sender's data)",
    ),
    "open311.anonymous": (
        "Gửi ẩn danh",
        "Stay anonymous",
    ),
    "open311.yes": (
        "Có",
        "Yes",
    ),
    "open311.no": (
        "Không",
        "No",
    ),
    "open311.choose": (
        "Chọn một giá trị trong danh sách",
        "Choose one of the list",
    ),
    "open311.notice": (
        "Đã nhận phản ánh “{service}”. Dự kiến xử lý xong trước {due}. Theo dõi bằng mã được trả về.",
        "Your report “{service}” was received. It should be handled before {due}. Follow it by the id returned.",
    ),
    "open311.contact": (
        "Trung tâm tiếp nhận phản ánh, tổng đài 1022. Địa chỉ: {address}",
        "The desk of citizen reports, telephone 1022. Address: {address}",
    ),
    "open311.key-service": (
        "Gửi phản ánh không cần khóa, có giới hạn số lần. Ứng dụng và hệ thống khác xin khóa (api_key) "
        "tại mục Mã truy cập của tài khoản: {address}/me/",
        "Reports may be sent without a key, at a limited pace. Apps and other systems get a key "
        "(api_key) under the account's access tokens: {address}/me/",
    ),
    "open311-no-service": (
        "Không có dịch vụ nào mang mã service_code “{found}”.",
        "The service_code “{found}” was not found.",
    ),
    "open311-no-code": (
        "Chưa nêu service_code.",
        "service_code was not provided.",
    ),
    "open311-no-request": (
        "Không có phản ánh nào mang mã service_request_id “{found}”, hoặc phản ánh chưa được công khai.",
        "The service_request_id “{found}” was not found, or is not published.",
    ),
    "open311-no-token": (
        "Không có phản ánh nào mang token “{found}”.",
        "The token “{found}” was not found.",
    ),
    "open311-no-jurisdiction": (
        "Không phục vụ jurisdiction_id “{found}”.",
        "The jurisdiction_id “{found}” was not found.",
    ),
    "open311-no-key": (
        "Cần api_key để gửi phản ánh qua cổng này.",
        "An api_key is needed to send a report here.",
    ),
    "open311-bad-key": (
        "api_key không đúng hoặc đã hết hạn.",
        "The api_key is wrong or has expired.",
    ),
    "open311-off": (
        "Cổng Open311 của tỉnh đang tắt.",
        "Open311 is switched off here.",
    ),
    "open311-half-position": (
        "lat và long phải đi cùng nhau.",
        "lat and long must be sent together.",
    ),
    "open311-no-location": (
        "Cần nơi xảy ra: lat và long, hoặc address_string, hoặc address_id.",
        "A place is needed: lat and long, or address_string, or address_id.",
    ),
    "open311-no-attribute": (
        "Không có thuộc tính “{found}”. Các thuộc tính: {expected}.",
        "There is no attribute “{found}”. Attributes: {expected}.",
    ),
    "open311-no-value": (
        "“{found}” không nằm trong danh sách của {expected}.",
        "“{found}” is not in the list of {expected}.",
    ),
    "open311-bad-number": (
        "{expected} phải là một số hợp lệ, không phải “{found}”.",
        "{expected} must be a sound number, not “{found}”.",
    ),
    "open311-bad-date": (
        "{expected} phải viết như 2026-11-22T00:00:00Z, không phải “{found}”.",
        "{expected} must be written as 2026-11-22T00:00:00Z, not “{found}”.",
    ),
    "open311-bad-status": (
        "status chỉ nhận open hoặc closed, không phải “{found}”.",
        "status is open or closed, not “{found}”.",
    ),
    "open311-too-wide": (
        "start_date và end_date cách nhau tối đa {expected} ngày.",
        "start_date and end_date span at most {expected} days.",
    ),
    "open311-backwards": (
        "end_date phải sau start_date.",
        "end_date must be after start_date.",
    ),
    "open311-too-often": (
        "Gửi quá nhiều lần. Thử lại sau {retry} giây, hoặc xin api_key.",
        "Too many reports. Try again in {retry} seconds, or get an api_key.",
    ),
    "open311-bad-body": (
        "Không đọc được nội dung gửi lên: cần application/x-www-form-urlencoded hoặc multipart/form-data.",
        "The body could not be read: application/x-www-form-urlencoded or multipart/form-data is needed.",
    ),
    "open311-refused": (
        "Máy chủ Open311 bên kia không nhận: {found}",
        "The other Open311 server refused it: {found}",
    ),
    "open311-only": (
        "Địa chỉ này chỉ nhận {expected}.",
        "This address takes {expected} alone.",
    ),
    "channel.open311": (
        "Open311 (GeoReport v2)",
        "Open311 (GeoReport v2)",
    ),
    "channel.open311.who": (
        "Ai được gửi",
        "Who may send",
    ),
    "channel.open311.answer": (
        "Trả về",
        "What is answered",
    ),
    "channel.open311.office": (
        "Đơn vị (mã) mà phản ánh được chuyển tiếp sang máy chủ khác",
        "The unit (its key) whose reports are forwarded to another server",
    ),
    "open311.sent-on": (
        "Đã chuyển tới {server}, mã theo dõi ở đó: {found}",
        "Forwarded to {server}, its id there: {found}",
    ),
    "open311.sent-back": (
        "Chưa chuyển tới {server} được: {found}",
        "Could not be forwarded to {server}: {found}",
    ),
    "open311.not-mapped": (
        "chưa khai lĩnh vực {found} là dịch vụ nào ở máy chủ đó",
        "nothing says which service the category {found} is there",
    ),
    "channel.open311.server": (
        "Máy chủ GeoReport nhận phản ánh chuyển tiếp",
        "GeoReport server reports are forwarded to",
    ),
    "channel.open311.jurisdiction": (
        "Mã jurisdiction_id của máy chủ đó",
        "Its jurisdiction_id",
    ),
    "channel.open311.api_key": (
        "Khóa api_key của máy chủ đó",
        "Its api_key",
    ),
    "channel.open311.services": (
        "Lĩnh vực nào là dịch vụ nào ở đó (mỗi dòng: lĩnh vực = service_code)",
        "Which category is which service there (a line each: category = service_code)",
    ),
}
TEXTS: dict[str, Label] = {code: Label(vi, en) for code, (vi, en) in _TEXTS.items()}
