"""Texts of the citizens' pages (`/cong/`), and of what a form of the public is refused for. Plain words, ông/bà."""

from haidang.words.nouns import Label

_STATES: dict[str, tuple[str, str]] = {
    "new": ("Đã gửi, chờ tiếp nhận", "Sent, waiting to be received"),
    "received": ("Đã tiếp nhận", "Received"),
    "assigned": ("Đã chuyển đơn vị xử lý", "With the office in charge"),
    "in-progress": ("Đang xử lý", "Being handled"),
    "asked": ("Cần ông/bà bổ sung", "We need to know more from you"),
    "approving": ("Đang xử lý", "Being handled"),
    "resolved": ("Đã xử lý xong", "Handled"),
    "published": ("Đã xử lý xong", "Handled"),
    "refused": ("Không tiếp nhận", "Not accepted"),
    "merged": ("Được gộp vào phản ánh giống vậy", "Joined to a report about the same thing"),
}
_NOW: dict[str, tuple[str, str]] = {
    "new": (
        "Tổng đài đã nhận được và sẽ xem ngay.",
        "The desk has it and will look at it at once.",
    ),
    "received": (
        "Tổng đài đang chọn đơn vị xử lý.",
        "The desk is choosing the office that will handle it.",
    ),
    "assigned": (
        "Đơn vị xử lý đã nhận được phản ánh.",
        "The office in charge has it.",
    ),
    "in-progress": (
        "Đơn vị đang xử lý. Ông/bà sẽ được báo khi có kết quả.",
        "The office is at work. You will be told of the result.",
    ),
    "asked": (
        "Xin trả lời câu hỏi bên dưới để đơn vị xử lý tiếp.",
        "Please answer the question below so that the office can go on.",
    ),
    "approving": (
        "Kết quả đang được lãnh đạo đơn vị xem lại.",
        "The head of the office is looking at the result.",
    ),
    "resolved": (
        "Đơn vị đã trả lời. Mời ông/bà xem kết quả và đánh giá.",
        "The office has answered. Please read the answer and rate it.",
    ),
    "published": (
        "Đơn vị đã trả lời và kết quả được công khai (không có tên người gửi).",
        "The office has answered; the result is open to everybody (without your name).",
    ),
    "refused": (
        "Phản ánh không được tiếp nhận; lý do ở phần diễn biến.",
        "The report was not accepted; the reason is in the history.",
    ),
    "merged": (
        "Việc này đã có người phản ánh trước và đang được xử lý; ông/bà vẫn nhận kết quả.",
        "Somebody reported the same before and it is being handled; you will get the result too.",
    ),
}
_STEPS: dict[str, tuple[str, str]] = {
    "open": ("Đã gửi phản ánh", "Report sent"),
    "receive": ("Tổng đài tiếp nhận", "Received by the desk"),
    "refuse": ("Không tiếp nhận", "Not accepted"),
    "assign": ("Chuyển đơn vị xử lý", "Sent to the office in charge"),
    "start": ("Đơn vị bắt đầu xử lý", "The office has begun"),
    "progress": ("Đơn vị báo tiến độ", "News from the office"),
    "send-back": ("Chuyển lại tổng đài", "Back at the desk"),
    "ask": ("Hỏi thêm ông/bà", "You were asked"),
    "supply": ("Ông/bà đã bổ sung", "You answered"),
    "extend": ("Đơn vị xin thêm thời gian", "The office needs more time"),
    "finish": ("Đơn vị báo đã xử lý", "The office has finished"),
    "approve": ("Kết quả được duyệt", "The result was approved"),
    "return": ("Xử lý tiếp", "Being handled again"),
    "publish": ("Công khai kết quả", "The result was published"),
    "withdraw": ("Thôi công khai kết quả", "The result is no longer public"),
    "reopen": ("Mở lại", "Opened again"),
    "merge": ("Gộp với phản ánh giống vậy", "Joined to a report about the same thing"),
    "unmerge": ("Tách ra xử lý riêng", "Handled by itself again"),
    "add": ("Ông/bà gửi thêm", "You added"),
    "note": ("Ghi chú", "Note"),
    "correct": ("Sửa thông tin", "Corrected"),
    "rate": ("Ông/bà đã đánh giá", "You rated it"),
}


def _named(prefix: str, names: dict[str, tuple[str, str]]) -> dict[str, Label]:
    return {f"{prefix}{name}": Label(vi, en) for name, (vi, en) in names.items()}


TEXTS: dict[str, Label] = {
    **_named("cong.state-", _STATES),
    **_named("cong.now-", _NOW),
    **_named("cong.step-", _STEPS),
    # --- the frame
    "cong.name": Label("Cổng phản ánh", "Report a problem"),
    "cong.pages": Label("Các trang", "Pages"),
    "cong.send": Label("Gửi phản ánh", "Report"),
    "cong.follow": Label("Theo dõi", "Follow"),
    "cong.results": Label("Kết quả", "Results"),
    "cong.help": Label("Trợ giúp", "Help"),
    "cong.mine": Label("Phản ánh của tôi", "My reports"),
    "cong.sign-in": Label("Đăng nhập", "Sign in"),
    "cong.call": Label("Không tiện gõ chữ? Gọi", "Rather talk? Call"),
    "cong.danger": Label("Đang nguy hiểm đến tính mạng, xin gọi ngay:", "If somebody is in danger, call at once:"),
    "cong.police": Label("công an", "police"),
    "cong.fire": Label("chữa cháy, cứu nạn", "fire and rescue"),
    "cong.ambulance": Label("cấp cứu", "ambulance"),
    "cong.simulated": Label("Dữ liệu mô phỏng", "Simulated"),
    "cong.simulated-long": Label(
        "Phản ánh này là dữ liệu mô phỏng để trình diễn.", "This report is simulated, for the demonstration."
    ),
    "cong.no-category": Label("Chưa phân loại", "Not sorted yet"),
    # --- home
    "cong.hello": Label("Ông/bà thấy điều gì chưa ổn?", "Something not right around you?"),
    "cong.hello-why": Label(
        "Ổ gà, rác, đèn hỏng, thủ tục chậm… Cứ nói với chúng tôi, sẽ có người trả lời.",
        "A pothole, litter, a dark street, slow papers… Tell us, and somebody will answer.",
    ),
    "cong.send-now": Label("Gửi phản ánh ngay", "Report it now"),
    "cong.hello-how": Label(
        "Khoảng một phút. Không cần tài khoản, không bắt buộc ghi tên.",
        "About a minute. No account, and no name if you prefer.",
    ),
    "cong.follow-by": Label("Mã theo dõi của ông/bà", "Your code"),
    "cong.look": Label("Xem", "Look"),
    "cong.lately": Label("Vừa được trả lời", "Answered lately"),
    "cong.answered-count": Label("{count} phản ánh đã được trả lời công khai", "{count} reports answered in public"),
    "cong.all-results": Label("Xem tất cả kết quả", "See all results"),
    "cong.none-yet": Label("Chưa có kết quả nào được công khai.", "No result has been published yet."),
    "cong.install": Label("Cài lên màn hình điện thoại", "Put it on your home screen"),
    "cong.install-why": Label("Gửi được cả khi mất mạng.", "Works without a network too."),
    "cong.device": Label("Gửi từ máy này", "Sent from this device"),
    "cong.device-clear": Label("Xóa danh sách trên máy này", "Clear this list"),
    "cong.kept-one": Label("Đang chờ mạng để gửi", "Waiting for a network"),
    "cong.kept-bad": Label("Chưa gửi được, xin viết lại", "Could not be sent, please write it again"),
    # --- the form
    "cong.send-title": Label("Gửi phản ánh", "Report a problem"),
    "cong.send-why": Label(
        "Chỉ cần kể việc gì, ở đâu. Phần còn lại không bắt buộc.", "Just tell what and where. The rest is optional."
    ),
    "cong.optional": Label("không bắt buộc", "optional"),
    "cong.what": Label("Việc gì?", "What is it?"),
    "cong.text": Label("Kể lại sự việc", "Tell what happened"),
    "cong.text-how": Label(
        "Ví dụ: Trước chợ Đồng Đăng có ổ gà lớn, xe máy hay ngã vào buổi tối.",
        "For example: a large pothole before Đồng Đăng market, motorbikes fall there at night.",
    ),
    "cong.category": Label("Lĩnh vực", "Subject"),
    "cong.category-none": Label("Để tổng đài chọn giúp", "Let the desk choose"),
    "cong.photos": Label("Ảnh hoặc video", "Photos or a video"),
    "cong.photos-how": Label(
        "Nhiều nhất 6 tệp. Nơi chụp ghi trong ảnh sẽ được xóa.", "Six at most. Where a photo was taken is removed."
    ),
    "cong.where": Label("Ở đâu?", "Where is it?"),
    "cong.here": Label("Lấy vị trí tôi đang đứng", "Use where I am"),
    "cong.here-wait": Label("Đang tìm vị trí…", "Finding you…"),
    "cong.here-got": Label("Đã có vị trí, sai số khoảng {m} m.", "Found, to about {m} m."),
    "cong.here-not": Label(
        "Không lấy được vị trí. Xin chọn xã, phường hoặc ghi địa chỉ.",
        "Your position is not known. Please choose a commune or write an address.",
    ),
    "cong.place": Label("Xã, phường", "Commune or ward"),
    "cong.place-none": Label("Không rõ", "Not sure"),
    "cong.address": Label("Địa chỉ hoặc chỗ dễ nhận ra", "Address or landmark"),
    "cong.address-how": Label(
        "Ví dụ: số 12 đường Trần Đăng Ninh, đối diện trường học.",
        "For example: 12 Trần Đăng Ninh street, opposite the school.",
    ),
    "cong.who": Label("Báo lại cho ai?", "Whom do we answer?"),
    "cong.who-why": Label(
        "Để nhận trả lời, xin ghi số điện thoại hoặc thư điện tử. Đơn vị xử lý và công chúng không thấy những gì ông/bà"
        " ghi ở đây. Bỏ trống cũng được: ông/bà theo dõi bằng mã.",
        "Leave a number or an e-mail to be answered. Neither the office in charge nor the public sees it. You may leave"
        " it empty and follow by a code.",
    ),
    "cong.your-phone": Label("Số điện thoại", "Telephone"),
    "cong.your-email": Label("Thư điện tử", "E-mail"),
    "cong.your-name": Label("Họ và tên", "Name"),
    "cong.hidden": Label(
        "Gửi ẩn danh: không lưu tên, số điện thoại, tài khoản của tôi",
        "Send without a name: keep no name, number or account of mine",
    ),
    "cong.public": Label("Công khai câu trả lời?", "May the answer be public?"),
    "cong.public-yes": Label(
        "Được, để người khác cùng biết (không có tên tôi)", "Yes, so that others know (without my name)"
    ),
    "cong.public-no": Label("Không, chỉ trả lời cho tôi", "No, answer me alone"),
    "cong.send-it": Label("Gửi phản ánh", "Send the report"),
    "cong.sending": Label("Đang gửi…", "Sending…"),
    "cong.send-note": Label(
        "Mất mạng khi gửi? Phản ánh được giữ trên máy và tự gửi khi có mạng (trên trình duyệt đã từng mở trang này).",
        "No network? The report is kept on this device and sent later (in a browser that opened this page before).",
    ),
    "cong.closed": Label("Trang gửi phản ánh đang tạm dừng", "Reports are not taken here just now"),
    "cong.closed-why": Label("Xin gọi, sẽ có người ghi giúp:", "Please call, somebody will write it down:"),
    # --- follow
    "cong.follow-title": Label("Theo dõi phản ánh", "Follow a report"),
    "cong.follow-how": Label(
        "Mã được báo khi gửi, có dạng PA261122-ABC234.", "You were given it when you sent, such as PA261122-ABC234."
    ),
    "cong.lost-code": Label("Mất mã? Xin gọi", "Lost it? Please call"),
    "cong.report": Label("Phản ánh", "Report"),
    "cong.thanks": Label("Cảm ơn ông/bà, phản ánh đã đến nơi", "Thank you, your report has arrived"),
    "cong.thanks-code": Label("Xin chép lại hoặc chụp màn hình mã này:", "Please write down this code:"),
    "cong.thanks-how": Label(
        "Ai có mã đều xem được phản ánh này, xin giữ kín. Mở trang này lúc nào cũng thấy việc đã đến đâu.",
        "Whoever has the code can read this report, so keep it. This page always shows how far it is.",
    ),
    "cong.stage-sent": Label("Đã gửi", "Sent"),
    "cong.stage-received": Label("Tiếp nhận", "Received"),
    "cong.stage-working": Label("Xử lý", "At work"),
    "cong.stage-answered": Label("Trả lời", "Answered"),
    "cong.office": Label("Đơn vị xử lý", "Office in charge"),
    "cong.due": Label("Hẹn trả lời", "Answer due"),
    "cong.sent": Label("Đã gửi", "Sent"),
    "cong.answer": Label("Trả lời", "Answer"),
    "cong.asked": Label("Chúng tôi cần hỏi thêm", "We have a question"),
    "cong.supply": Label("Ông/bà trả lời", "Your answer"),
    "cong.supply-it": Label("Gửi trả lời", "Send the answer"),
    "cong.rate": Label("Ông/bà hài lòng không?", "Are you satisfied?"),
    "cong.rated": Label("Cảm ơn ông/bà đã đánh giá", "Thank you for your rating"),
    "cong.rate-how": Label("Chọn một", "Choose one"),
    "cong.rate-words": Label("Vì sao?", "Why?"),
    "cong.rate-it": Label("Gửi đánh giá", "Send the rating"),
    "cong.reopen": Label("Việc chưa được giải quyết thật?", "Not really solved?"),
    "cong.reopen-why": Label("Còn điều gì chưa xong? (mở lại được một lần)", "What is still wrong? (once only)"),
    "cong.reopen-it": Label("Yêu cầu xử lý lại", "Open it again"),
    "cong.tell": Label("Báo cho tôi khi có tin mới", "Tell me when there is news"),
    "cong.tell-on": Label("Máy này sẽ báo khi có tin mới.", "This device will tell you."),
    "cong.tell-not": Label("Trình duyệt không cho phép thông báo.", "The browser does not allow it."),
    "cong.yours": Label("Ông/bà đã viết", "You wrote"),
    "cong.about": Label("Lĩnh vực", "Subject"),
    "cong.at": Label("Nơi xảy ra", "Place"),
    "cong.photo": Label("Ảnh {number}", "Photo {number}"),
    "cong.photo-before": Label("Ảnh trước khi xử lý", "Before"),
    "cong.photo-after": Label("Ảnh sau khi xử lý", "After"),
    "cong.add": Label("Gửi thêm thông tin", "Add something"),
    "cong.add-words": Label("Thông tin thêm", "What to add"),
    "cong.add-it": Label("Gửi thêm", "Add it"),
    "cong.history": Label("Diễn biến", "History"),
    "cong.done-add": Label("Đã gửi thêm. Cảm ơn ông/bà.", "Added. Thank you."),
    "cong.done-supply": Label("Đã gửi trả lời. Cảm ơn ông/bà.", "Your answer was sent. Thank you."),
    "cong.done-rate": Label("Cảm ơn ông/bà đã đánh giá.", "Thank you for rating."),
    "cong.done-reopen": Label("Phản ánh đã được mở lại để xử lý tiếp.", "The report was opened again."),
    "cong.push-title": Label("Phản ánh {code}", "Report {code}"),
    "cong.mine-why": Label(
        "Đăng nhập để xem những phản ánh ông/bà đã gửi bằng tài khoản.", "Sign in to see the reports of your account."
    ),
    "cong.mine-none": Label("Tài khoản này chưa gửi phản ánh nào.", "This account has sent no report yet."),
    # --- results
    "cong.results-title": Label("Phản ánh đã được trả lời", "Answered reports"),
    "cong.seek": Label("Tìm (không cần dấu)", "Search"),
    "cong.every": Label("Tất cả lĩnh vực", "Every subject"),
    "cong.every-place": Label("Toàn tỉnh", "The whole province"),
    "cong.good": Label("{percent} % hài lòng", "{percent} % satisfied"),
    "cong.nothing": Label("Không có kết quả nào như vậy.", "Nothing like that was found."),
    "cong.newer": Label("Mới hơn", "Newer"),
    "cong.older": Label("Cũ hơn", "Older"),
    "cong.map": Label("Theo xã, phường", "By commune"),
    "cong.map-table": Label("Danh sách {count} xã, phường", "List of {count} communes"),
    "cong.results-note": Label(
        "Chỉ gồm phản ánh mà người gửi đồng ý công khai; tên, số điện thoại đã được bỏ, vị trí làm tròn khoảng 100 m.",
        "Only what senders agreed to publish; names and numbers are taken out, positions are rounded to about 100 m.",
    ),
    "cong.they-said": Label("Nội dung phản ánh", "The report"),
    "cong.sender-says": Label("Người gửi đánh giá", "The sender says"),
    "cong.resolved": Label("Xử lý xong", "Handled"),
    "cong.published": Label("Công khai", "Published"),
    # --- help
    "cong.help-title": Label("Trợ giúp", "Help"),
    "cong.help-ways": Label("Gửi bằng cách nào?", "How to report"),
    "cong.way-web": Label("Trang này", "This page"),
    "cong.way-web-how": Label(
        "gửi kèm ảnh, lấy vị trí, không cần tài khoản.", "with photos and your position, no account."
    ),
    "cong.way-phone": Label("Gọi 1022", "Call 1022"),
    "cong.way-phone-how": Label(
        "ngày và đêm, có người nghe và ghi giúp.", "day and night, somebody writes it down for you."
    ),
    "cong.way-chat-how": Label(
        "nhắn cho trang của tỉnh, ông/bà được trả lời ngay tại đó.",
        "write to the province's own page, you are answered there.",
    ),
    "cong.help-what": Label("Phản ánh được những gì?", "What can be reported?"),
    "cong.help-what-how": Label("Những việc thuộc:", "Matters of:"),
    "cong.help-then": Label("Gửi rồi thì sao?", "What happens then?"),
    "cong.then-route": Label(
        "Tổng đài đọc và chuyển cho đơn vị có trách nhiệm.", "The desk reads it and sends it to the office in charge."
    ),
    "cong.then-resolve": Label(
        "Đơn vị trả lời trong {days} ngày làm việc; nếu cần thêm thời gian sẽ báo lý do và ngày hẹn mới.",
        "The office answers within {days} working days, or says why not and names a new date.",
    ),
    "cong.then-refuse": Label(
        "Nếu không tiếp nhận được, ông/bà được báo lý do trong {days} ngày làm việc.",
        "If it cannot be accepted, you are told why within {days} working days.",
    ),
    "cong.then-publish": Label(
        "Kết quả được công khai trong {days} ngày làm việc sau khi xong, nếu ông/bà đồng ý.",
        "The result is published within {days} working days after that, if you agree.",
    ),
    "cong.then-reopen": Label(
        "Ông/bà đánh giá; nếu việc chưa xong thật, mở lại được một lần trong {days} ngày làm việc.",
        "You rate it; if it is not really solved you can open it again once within {days} working days.",
    ),
    "cong.help-private": Label("Ai thấy thông tin của tôi?", "Who sees what I leave?"),
    "cong.private-who": Label(
        "Tên, số điện thoại, địa chỉ của ông/bà được mã hóa. Đơn vị xử lý và công chúng không thấy; chỉ người được giao"
        " nhiệm vụ ở tổng đài xem khi cần liên hệ, và mỗi lần xem đều được ghi lại.",
        "Your name, number and address are encrypted. Neither the office in charge nor the public sees them; only those"
        " of the desk whose task it is, when they have to reach you, and each look is recorded.",
    ),
    "cong.private-photo": Label(
        "Nơi chụp ghi trong ảnh được xóa ngay. Ảnh có mặt người hay biển số xe không được công khai.",
        "Where a photo was taken is removed at once. Photos with faces or number plates are never published.",
    ),
    "cong.private-code": Label(
        "Mã theo dõi như chìa khóa: ai có mã đều đọc được phản ánh của ông/bà.",
        "The code is like a key: whoever has it can read your report.",
    ),
    "cong.help-app": Label("Dùng như ứng dụng", "As an app"),
    "cong.app-how": Label(
        "Mở trang này bằng trình duyệt trên điện thoại, chọn “Thêm vào màn hình chính”. Ứng dụng gửi được cả khi mất"
        " mạng: phản ánh được giữ trên máy và tự gửi khi có mạng.",
        "Open this page on your telephone and choose “Add to home screen”. Without a network reports are kept on the"
        " device and sent later.",
    ),
    "cong.app-name": Label("Cổng phản ánh", "Report a problem"),
    "cong.app-short": Label("Phản ánh", "Report"),
    "cong.app-what": Label(
        "Gửi phản ánh đến chính quyền tỉnh, theo dõi và đánh giá câu trả lời.",
        "Report a problem to the province, follow it and rate the answer.",
    ),
    # --- without a network
    "cong.waiting": Label("Đã giữ trên máy này", "Kept on this device"),
    "cong.waiting-why": Label(
        "Chưa gửi được vì không có mạng hoặc hệ thống đang bận. Phản ánh được giữ trên máy và tự gửi khi có mạng;"
        " ông/bà có thể đóng trang này.",
        "There is no network, or the centre is busy. The report is kept on this device and sent later; you may close"
        " this page.",
    ),
    "cong.waiting-call": Label("Việc gấp? Xin gọi", "Urgent? Please call"),
    "cong.another": Label("Viết phản ánh khác", "Write another"),
    # --- refused
    "cong.absent-title": Label("Không tìm thấy", "Not found"),
    "cong.absent": Label(
        "Không có phản ánh nào với mã này, hoặc trang này không có. Xin kiểm tra lại từng chữ, từng số của mã.",
        "There is no report with this code, or no such page. Please check the code letter by letter.",
    ),
    "form-not-ours": Label(
        "Trang này mở đã lâu hoặc chưa tải đủ. Nội dung vẫn còn: xin bấm gửi lại.",
        "This page was not loaded in full. What you wrote is still here: please send it again.",
    ),
    "form-too-old": Label(
        "Trang này mở từ hôm trước. Nội dung vẫn còn: xin bấm gửi lại.",
        "This page was opened long ago. What you wrote is still here: please send it again.",
    ),
    "form-too-quick": Label(
        "Xin đọc lại một lượt rồi bấm gửi sau {retry} giây nữa. Nội dung vẫn còn, chỉ cần chọn lại ảnh.",
        "Please read it once more and send it in {retry} seconds. What you wrote is still here; choose photos again.",
    ),
    "form-trap": Label(
        "Có một ô ẩn đã bị điền. Xin để trống ô “Website” rồi gửi lại.",
        "A hidden field was filled in. Please leave “Website” empty and send it again.",
    ),
    "form-too-short": Label(
        "Xin kể thêm một chút: việc gì, ở đâu.", "Please tell a little more: what it is, and where."
    ),
    "form-no-words": Label(
        "Chúng tôi chưa hiểu nội dung này. Xin viết thành câu.", "We do not understand this. Please write sentences."
    ),
    "form-links": Label("Nhiều nhất {expected} đường dẫn trong một phản ánh.", "At most {expected} links in a report."),
    "form-said-already": Label(
        "Nội dung y như vậy đã được gửi hôm nay và đang được xử lý. Nếu là việc khác, xin ghi rõ chỗ khác.",
        "The very same words were sent today and are being handled. If it is another matter, please say where.",
    ),
    "form-phone": Label("Số điện thoại “{found}” chưa đúng.", "“{found}” is no telephone number."),
    "form-email": Label("Địa chỉ thư “{found}” chưa đúng.", "“{found}” is no e-mail address."),
    "bad-subscription": Label(
        "Trình duyệt này không nhận thông báo theo cách chúng tôi biết.",
        "This browser cannot be told in a way we know.",
    ),
    "push-silent": Label("Dịch vụ thông báo “{found}” không trả lời.", "The push service “{found}” does not answer."),
}
