"""What the leader reads of the desk: the morning sheet, reminders, the demo's past."""

from __future__ import annotations

from haidang.words.nouns import Label

_DAYS = (
    ("thứ Hai", "Monday"),
    ("thứ Ba", "Tuesday"),
    ("thứ Tư", "Wednesday"),
    ("thứ Năm", "Thursday"),
    ("thứ Sáu", "Friday"),
    ("thứ Bảy", "Saturday"),
    ("Chủ nhật", "Sunday"),
)

TEXTS: dict[str, Label] = {
    "cli.desk-history": Label(
        "Đã đưa {count} phản ánh mô phỏng của hai tháng qua vào sổ.",
        "{count} simulated reports of the last two months were brought into the desk.",
    ),
    **{f"digest.weekday-{at}": Label(vi, en) for at, (vi, en) in enumerate(_DAYS)},
    "digest.title": Label("Bản tin sáng", "Morning sheet"),
    "digest.of": Label("Sáng {day}", "Morning of {day}"),
    "digest.from-to": Label("từ {first} đến {last}", "from {first} to {last}"),
    "digest.same-days": Label("{days} của {weeks} tuần trước", "{days} of the {weeks} weeks before"),
    "digest.channel": Label("kênh {channel}", "the channel {channel}"),
    "digest.what-where": Label("{what} ở {where}", "{what} in {where}"),
    "digest.no-category": Label("chưa phân loại", "without a category"),
    "digest.unusual": Label("{count} phản ánh {what}, thường {usual}", "{count} reports: {what}, usually {usual}"),
    "digest.usual": Label("thường {usual}", "usually {usual}"),
    "digest.why-much-poisson": Label(
        "Cùng {days}: {before}. Ngẫu nhiên mà nhiều thế này hầu như không xảy ra.",
        "On {days}: {before}. By chance so many hardly ever happen.",
    ),
    "digest.why-much-z": Label(
        "Cùng {days}: {before}. Cao hơn mức giữa {score} lần độ dao động thường thấy.",
        "On {days}: {before}. Above the middle by {score} times the usual scatter.",
    ),
    "digest.why-little-poisson": Label(
        "Cùng {days}: {before}. Hãy kiểm tra xem kênh có còn nhận không.",
        "On {days}: {before}. Please check whether it still takes reports.",
    ),
    "digest.why-little-z": Label(
        "Cùng {days}: {before}. Thấp hơn mức giữa {score} lần độ dao động thường thấy.",
        "On {days}: {before}. Below the middle by {score} times the usual scatter.",
    ),
    "digest.common": Label("{some}/{all} phản ánh nhắc “{phrase}”.", "{some} of {all} reports say “{phrase}”."),
    "digest.headline-more": Label(
        "{days}: {count} phản ánh, nhiều hơn mọi khi (thường {usual})",
        "{days}: {count} reports, more than usual ({usual})",
    ),
    "digest.headline-less": Label(
        "{days}: {count} phản ánh, ít hơn mọi khi (thường {usual})",
        "{days}: {count} reports, fewer than usual ({usual})",
    ),
    "digest.headline-usual": Label(
        "{days}: {count} phản ánh, như mọi khi (thường {usual})", "{days}: {count} reports, as usual ({usual})"
    ),
    "digest.headline-unknown": Label("{days}: {count} phản ánh", "{days}: {count} reports"),
    "digest.nothing": Label("không có gì khác thường", "nothing unusual"),
    "digest.nothing-title": Label("Không có gì khác thường", "Nothing unusual"),
    "digest.nothing-why": Label(
        "Không lĩnh vực, địa bàn hay kênh nào nhiều hoặc ít hơn hẳn {days}.",
        "No field, place or channel brought clearly more or less than {days}.",
    ),
    "digest.too-new": Label(
        "Chưa đủ 4 tuần để biết thế nào là thường. Từ tuần thứ năm bản tin sẽ chỉ ra điều khác thường.",
        "Fewer than 4 weeks are known: what is usual cannot be told yet.",
    ),
    "digest.see": Label("Xem {count} phản ánh", "See the {count} reports"),
    "digest.see-map": Label("Trên bản đồ", "On the map"),
    "digest.week-ago": Label("{day}: {count}", "{day}: {count}"),
    "digest.bars": Label("{what}: {before}; lần này {count}", "{what}: {before}; now {count}"),
    "digest.received": Label("Gửi đến", "Sent"),
    "digest.resolved": Label("Xử lý xong", "Resolved"),
    "digest.late": Label("Đang quá hạn", "Late now"),
    "digest.newly-late": Label("{count} mới quá hạn trong kỳ", "{count} became late"),
    "digest.unhappy": Label("Không hài lòng", "Not satisfied"),
    "digest.rated": Label("trên {count} đánh giá", "of {count} ratings"),
    "digest.due-week": Label("Đến hạn tuần này", "Due this week"),
    "digest.due-month": Label("{count} đến hết tháng", "{count} until the month ends"),
    "digest.waiting": Label("{count} chưa chuyển đơn vị", "{count} not assigned yet"),
    "digest.approving": Label("{count} chờ duyệt", "{count} wait for approval"),
    "digest.sides": Label("từ chối {refused} · mở lại {reopened}", "refused {refused} · re-opened {reopened}"),
    "digest.fields": Label("Lĩnh vực nhiều nhất", "Busiest categories"),
    "digest.places": Label("Địa bàn nhiều nhất", "Busiest places"),
    "digest.channels": Label("Kênh", "Channels"),
    "digest.late-offices": Label("Ai đang quá hạn", "Who is late"),
    "digest.no-office": Label("Chưa chuyển đơn vị", "Not assigned yet"),
    "digest.oldest": Label("Quá hạn lâu nhất", "Late the longest"),
    "digest.coming": Label("Sắp đến hạn", "Due next"),
    "digest.simulated": Label("Có phản ánh mô phỏng.", "Some of the reports are simulated."),
    "digest.nobody-late": Label("Không đơn vị nào quá hạn", "Nobody is late"),
    "digest.count": Label("Số", "Count"),
    "digest.usual-head": Label("Thường", "Usually"),
    "digest.earlier": Label("Hôm trước", "Day before"),
    "digest.later": Label("Hôm sau", "Day after"),
    "digest.how": Label(
        "So với {days}. Ngày nghỉ chỉ so với ngày nghỉ. Từ 10 trở lên: điểm z bền vững; ít hơn: phân phối Poisson.",
        "Held against {days}; days off against days off. From 10 on by a robust z score, below by the Poisson tail.",
    ),
    "digest.board": Label("Bảng điều hành", "The board"),
    "notice.desk-digest": Label(
        "{headline}. {unusual}. Xong {resolved}, đang quá hạn {late}, đến hạn tuần này {due}.",
        "{headline}. {unusual}. Resolved {resolved}, late now {late}, due this week {due}.",
    ),
    "notice.desk-work": Label(
        "Còn {open} phản ánh chưa xong: {late} quá hạn, {today} đến hạn hôm nay, {asked} chờ người dân.",
        "{open} reports are not done: {late} late, {today} due today, {asked} wait for the citizen.",
    ),
    "notice.desk-week": Label(
        "Đơn vị có {week} phản ánh đến hạn trong tuần, {late} đang quá hạn, {approving} chờ duyệt.",
        "Your unit has {week} reports due this week, {late} late, {approving} waiting for approval.",
    ),
    "notice.desk-month": Label(
        "Đơn vị có {month} phản ánh đến hạn trong tháng, {late} đang quá hạn.",
        "Your unit has {month} reports due this month, {late} late.",
    ),
    "notice.desk-late": Label(
        "Phản ánh số {number} “{title}” của {office} đã quá hạn {due}.",
        "Report {number} “{title}” of {office} is past its date {due}.",
    ),
    "notice.desk-late-many": Label(
        "{count} phản ánh của {office} vừa quá hạn.", "{count} reports of {office} have become late."
    ),
    "notice.desk-late-desk": Label(
        "Phản ánh số {number} “{title}”: {office} để quá hạn {due} hơn một ngày làm việc.",
        "Report {number} “{title}”: {office} is more than a working day past {due}.",
    ),
}
