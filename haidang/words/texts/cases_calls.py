"""Texts of taking reports by telephone: the operator's screen, calls, what an exchange is refused for."""

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    "calls.title": Label("Tiếp nhận phản ánh", "Take a report"),
    "calls.list": Label("Cuộc gọi", "Calls"),
    "calls.now": Label("Cuộc gọi lúc này", "Calls now"),
    "calls.quiet": Label("Không có cuộc gọi đang chờ", "No call is waiting"),
    "calls.take": Label("Nhận cuộc gọi", "Take the call"),
    "calls.write": Label("Ghi phiếu", "Write it down"),
    "calls.begin": Label("Bắt đầu ca: hiện người gọi", "Begin the shift: show callers"),
    "calls.on": Label("Đang trong ca", "On shift"),
    "calls.missed-count": Label("{count} cuộc nhỡ cần gọi lại", "{count} missed calls to return"),
    "calls.before": Label("{count} phản ánh trước", "{count} earlier reports"),
    "calls.state": Label("Tình trạng", "State"),
    "calls.state-ringing": Label("Đang gọi đến", "Ringing"),
    "calls.state-answered": Label("Đang nói chuyện", "Speaking"),
    "calls.state-ended": Label("Đã kết thúc", "Ended"),
    "calls.state-missed": Label("Nhỡ", "Missed"),
    "calls.state-returned": Label("Đã gọi lại", "Returned"),
    "calls.all": Label("Tất cả", "All"),
    "calls.count": Label("{count} cuộc gọi", "{count} calls"),
    "calls.rang": Label("Gọi lúc", "Rang at"),
    "calls.operator": Label("Người nhận", "Taken by"),
    "calls.length": Label("Thời lượng", "Length"),
    "calls.report": Label("Phiếu", "Report"),
    "calls.hear": Label("Nghe lại", "Hear it"),
    "calls.recorded": Label("có ghi âm", "recorded"),
    "calls.back": Label("Đã gọi lại", "Called back"),
    "calls.none": Label("Chưa có cuộc gọi nào", "No calls yet"),
    "calls.none-why": Label(
        "Tổng đài báo cuộc gọi qua kênh điện thoại; người quản trị khai báo kênh ở trang Kênh tiếp nhận.",
        "The exchange tells of its calls by the telephone channel, which administrators set up under Channels.",
    ),
    # --- the form
    "calls.what": Label("1. Nội dung", "1. What"),
    "calls.where": Label("2. Ở đâu", "2. Where"),
    "calls.who": Label("3. Người gọi", "3. Caller"),
    "calls.then": Label("4. Chuyển xử lý", "4. Who handles it"),
    "calls.text": Label("Người dân phản ánh", "What is reported"),
    "calls.text-hint": Label(
        "Ghi đúng lời người gọi: việc gì, từ bao giờ, ảnh hưởng ra sao",
        "In the caller's words: what, since when, with what effect",
    ),
    "calls.category": Label("Lĩnh vực", "Category"),
    "calls.category-hint": Label("Gõ không dấu: o ga, rac, den…", "Type: road, waste, light…"),
    "calls.urgent": Label("Khẩn cấp", "Urgent"),
    "calls.private": Label("Không công khai", "Not public"),
    "calls.address": Label("Địa chỉ", "Address"),
    "calls.address-hint": Label("Số nhà, đường, gần đâu, xã phường", "House, street, what is near, commune"),
    "calls.commune": Label("Xã, phường", "Commune"),
    "calls.commune-hint": Label("Gõ tên mới hoặc tên cũ, không dấu", "Today's name or a former one"),
    "calls.was": Label("trước là {name}", "formerly {name}"),
    "calls.been": Label("đã có phản ánh · {place}", "reported before · {place}"),
    "calls.map": Label("Bản đồ để chỉ vị trí", "A map to point at"),
    "calls.map-hint": Label(
        "Bấm vào bản đồ để ghim vị trí; xã phường tự điền theo ranh giới.",
        "Click the map to set the position; its commune follows.",
    ),
    "calls.phone": Label("Điện thoại", "Telephone"),
    "calls.name": Label("Họ tên", "Name"),
    "calls.of-call": Label(
        "Số của cuộc gọi ({phone}) tự gắn vào phiếu.", "The call's number ({phone}) goes with the report."
    ),
    "calls.anonymous": Label("Người gọi xin giấu tên", "The caller stays anonymous"),
    "calls.office": Label("Đơn vị xử lý", "Office"),
    "calls.office-none": Label("Chưa chuyển", "Not yet"),
    "calls.answer-by": Label("phải trả lời trước {day}", "to be answered by {day}"),
    "calls.why-route": Label("Theo tuyến phân công của địa bàn", "By the routes of the desk"),
    "calls.why-category": Label("Theo lĩnh vực", "By the category"),
    "calls.why-none": Label(
        "Lĩnh vực này chưa phân công đơn vị: chọn bằng tay", "No office is named for this: choose by hand"
    ),
    "calls.why-no-commune": Label("Việc của xã, phường: cho biết xã, phường nào", "A matter of the commune: say which"),
    "calls.why-no-such-office": Label(
        "Đơn vị được phân công không còn: chọn bằng tay", "The office named does not stand: choose by hand"
    ),
    "calls.why-later": Label("Chọn lĩnh vực và xã phường, đơn vị tự hiện", "Category and commune tell the office"),
    "calls.save": Label("Lưu và chuyển", "Save and forward"),
    "calls.keep": Label("Chỉ lưu", "Save only"),
    "calls.keys": Label(
        "Phím: F2 nhận cuộc gọi · Tab, Enter sang ô sau · gõ không dấu rồi Enter để chọn · Alt+1…3 nhận gợi ý · "
        "Ctrl+Enter lưu và chuyển · Ctrl+S chỉ lưu",
        "Keys: F2 takes the call · Tab, Enter go on · type, Enter chooses · Alt+1…3 take a suggestion · "
        "Ctrl+Enter saves and forwards · Ctrl+S saves",
    ),
    "calls.done-code": Label("Đọc mã cho người gọi:", "Read the code to the caller:"),
    "calls.done-forwarded": Label("đã chuyển {office}", "forwarded to {office}"),
    "calls.done-kept": Label("đã lưu, chưa chuyển", "saved, not forwarded yet"),
    "calls.not-forwarded": Label(
        "Phiếu đã lưu nhưng chưa chuyển được: {why}", "The report is saved but was not forwarded: {why}"
    ),
    # --- the caller
    "calls.known": Label("Người gọi này", "This caller"),
    "calls.covered": Label(
        "Thông tin người gọi đang được che. Bắt đầu ca để hiện; mỗi lần xem đều ghi nhật ký.",
        "Who calls is covered. Begin the shift to see; each look is traced.",
    ),
    "calls.never": Label(
        "Tài khoản này không được xem thông tin người gửi.", "This account may not see who sends reports."
    ),
    "calls.no-number": Label(
        "Chưa có số điện thoại để tra phản ánh trước.", "No number yet to look up earlier reports by."
    ),
    "calls.first-time": Label("Lần đầu gọi đến.", "Calls for the first time."),
    "calls.address-known": Label("Địa chỉ đã biết:", "Known address:"),
    "calls.missed-before": Label("Đã gọi nhỡ {count} lần", "Missed {count} times before"),
    "calls.earlier": Label("{count} phản ánh gần đây", "{count} recent reports"),
    "calls.says": Label("Người gọi nói về việc này", "The caller says about it"),
    "calls.rate": Label("Hài lòng với kết quả?", "Satisfied with the result?"),
    "calls.rate-words": Label("Lời nhận xét", "In their words"),
    "calls.said": Label("Đã ghi “{act}” cho phản ánh #{number}", "“{act}” noted on report #{number}"),
    # --- refused
    "call-taken": Label("{by} đã nhận cuộc gọi này.", "{by} has taken this call."),
    "call-returned": Label("Cuộc gọi này đã được gọi lại.", "This call has been returned already."),
    "unknown-call": Label("Không có cuộc gọi “{found}”.", "There is no call “{found}”."),
    "call-unreadable": Label(
        "Không đọc được sự kiện cuộc gọi ({found}).", "The event of the call cannot be read ({found})."
    ),
    "not-a-position": Label("“{found}” không phải là tọa độ.", "“{found}” is no position."),
    # --- the channel
    "channel.phone.secret": Label("Khóa ký của tổng đài", "The exchange's signing secret"),
    "channel.phone.old_secret": Label("Khóa ký cũ, trong lúc thay khóa", "The former secret, while it is changed"),
    "channel.phone.agents": Label(
        "Máy lẻ và tài khoản (101=truc-1022 102=…)", "Extensions and accounts (101=truc-1022 102=…)"
    ),
    # --- the trace
    "trace.act.take-call": Label("nhận cuộc gọi", "take the call"),
    "trace.act.call-back": Label("gọi lại cho người gọi nhỡ", "return the missed call"),
}
