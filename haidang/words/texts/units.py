"""Units as packs write them, with their English. A unit nobody put into English stands as it is."""

from haidang.words.nouns import Label

_UNITS = {
    "điểm": "points", "tỷ đồng": "bn VND", "triệu đồng": "m VND", "đồng": "VND", "người": "persons", "lượt": "times",
    "triệu USD": "m USD", "doanh nghiệp": "enterprises", "ca": "cases", "vụ": "incidents", "thí sinh": "candidates",
    "học sinh": "pupils", "dự án": "projects", "xã": "communes", "tấn": "tonnes", "người/km²": "persons/km²",
    "giấy": "certificates", "giường": "beds", "cuốn": "books", "bác sĩ": "doctors", "đơn": "applications",
    "trạm": "stations", "trường": "schools", "triệu đồng/người/tháng": "m VND/person/month",
    "triệu đồng/người": "m VND/person", "triệu đồng/lao động": "m VND/worker", "triệu tấn.km": "m tonne-km",
    "triệu kWh": "m kWh", "triệu hành khách.km": "m passenger-km", "thuê bao": "subscribers",
    "người/lớp": "persons/class", "ngày": "days", "nghìn tấn": "thousand tonnes", "nghìn người": "thousand persons",
    "nghìn hành khách": "thousand passengers", "nghìn con": "thousand head", "máy": "machines", "lớp": "classes",
    "lượt/cuốn": "visits/book", "lao động": "workers", "học sinh/lớp": "pupils/class", "giải": "prizes",
    "cơ sở": "establishments", "căn": "homes", "con": "head", "bệnh viện": "hospitals",
    "bé trai/100 bé gái": "boys/100 girls",
}  # fmt: skip

TEXTS: dict[str, Label] = {f"unit.{vi}": Label(vi, en) for vi, en in _UNITS.items()}
