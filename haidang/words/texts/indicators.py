"""Texts of the indicators room: why there is no number (`reason.…`), how it stands (`status.…`), notes (`note.…`)."""

from __future__ import annotations

from haidang.words.nouns import Label

TEXTS: dict[str, Label] = {
    # errors
    "no-such-slice": Label(
        "Không có cách phân tách “{found}”. Có thể dùng: {expected}.",
        "No breakdown called “{found}”. There is: {expected}.",
    ),
    "slices-not-crossed": Label(
        "Chỉ phân tách theo một tiêu thức mỗi lần ({found}).", "Only one breakdown at a time ({found})."
    ),
    "not-a-grain": Label(
        "“{found}” không phải là kỳ. Có thể dùng: {expected}.", "“{found}” is no grain. There is: {expected}."
    ),
    "aggregates-only": Label("Bộ dữ liệu này chỉ cho xem số tổng hợp.", "Only aggregates of this dataset may be seen."),
    # why there is no number
    "reason.no-data": Label("Chưa có dữ liệu cho địa bàn và kỳ này", "No data for this place and period yet"),
    "reason.index-not-additive": Label(
        "Là chỉ số: không cộng hay lấy bình quân giữa các địa bàn được; xem từng phần",
        "An index: it cannot be added or averaged over places; see the parts",
    ),
    "reason.not-additive-over-time": Label(
        "Không cộng được qua nhiều kỳ; xem từng kỳ", "Cannot be added over several periods; see each"
    ),
    "reason.missing-parts": Label(
        "Thiếu số của một số phần nên không cộng thành tổng", "Some parts are missing, so no total is given"
    ),
    "reason.part-merged": Label(
        "Địa bàn gồm một phần của đơn vị cũ; số của đơn vị cũ không tách được",
        "The place holds part of a former unit whose number cannot be split",
    ),
    "reason.place-ended": Label("Địa bàn không còn trong kỳ này", "The place no longer existed in this period"),
    "reason.finer-than-kept": Label(
        "Chỉ tiêu không có số theo kỳ ngắn như vậy", "The indicator is not kept for periods this short"
    ),
    "reason.divided-by-zero": Label("Mẫu số bằng 0", "The denominator is zero"),
    "reason.masked": Label("Ẩn vì nhóm quá ít người", "Hidden: too few persons in the group"),
    "reason.denied": Label("Không có số liệu", "No data"),
    "reason.asked-of-facts": Label("Đang đếm lại từ bản ghi gốc", "Being counted from the records"),
    "reason.no-plan": Label("Chưa có kế hoạch", "No plan has been given"),
    # how it stands
    "status.neutral": Label("Chỉ tiêu theo dõi, không xếp loại", "Watched, not rated"),
    "status.no-data": Label("Chưa có dữ liệu", "No data yet"),
    "status.nothing-to-judge-by": Label(
        "Chưa có kế hoạch hay số cùng kỳ để đối chiếu", "Neither a plan nor a same period to judge by"
    ),
    "status.within-limits": Label("Trong ngưỡng", "Within limits"),
    "status.past-amber": Label("Quá ngưỡng vàng {limit}", "Past the amber limit {limit}"),
    "status.past-red": Label("Quá ngưỡng đỏ {limit}", "Past the red limit {limit}"),
    "status.on-plan": Label("Đạt {reached} % kế hoạch, tiến độ cần {pace} %", "{reached} % of plan, pace {pace} %"),
    "status.behind-plan": Label(
        "Chậm: đạt {reached} % kế hoạch, tiến độ cần {pace} %", "Behind: {reached} % of plan, pace {pace} %"
    ),
    "status.far-behind-plan": Label(
        "Chậm nhiều: đạt {reached} % kế hoạch, tiến độ cần {pace} %", "Far behind: {reached} % of plan, pace {pace} %"
    ),
    "status.as-same-period": Label("Bằng cùng kỳ {period}", "As in the same period {period}"),
    "status.better-than-same-period": Label(
        "Tốt hơn cùng kỳ {period}: {percent} %", "Better than {period}: {percent} %"
    ),
    "status.worse-than-same-period": Label("Kém cùng kỳ {period}: {percent} %", "Worse than {period}: {percent} %"),
    "status.stale": Label(
        "Số liệu đã {age} ngày, cam kết {promise} ngày", "The data is {age} days old, promised every {promise}"
    ),
    # notes on quality
    "note.coverage": Label("Gồm {detail} phần có số", "{detail} parts have a number"),
    "note.coverage-low": Label(
        "Chỉ {detail} phần có số: chưa đại diện", "Only {detail} parts have a number: not representative"
    ),
    "note.set-aside": Label("{detail} dòng để riêng: {reason}", "{detail} rows set aside: {reason}"),
    "note.so-far": Label("Mới có {so_far} kỳ, đến {upto}", "{so_far} periods so far, up to {upto}"),
    "note.simulated": Label("Dữ liệu mô phỏng", "Simulated data"),
}
for _code in ("index-not-additive", "not-additive-over-time", "missing-parts", "part-merged", "place-ended"):
    TEXTS[f"status.{_code}"] = TEXTS[f"reason.{_code}"]
for _code in ("finer-than-kept", "divided-by-zero", "masked", "denied", "asked-of-facts"):
    TEXTS[f"status.{_code}"] = TEXTS[f"reason.{_code}"]
