"""One-off: restates raw public files into the tidy files the packs ship (docs/data.md says what and why).

Run by a maintainer, never by the program: `python tools/make_demo_data.py RAW packs`, RAW holding the raw files. Every
file but the exam's comes out byte for byte the same each time; the exam's keys come of a random key that is thrown
away, so nobody can find a candidate number again. It never invents, fills or mends a figure: what is dirty stays dirty
and is the intake's to find.
"""

from __future__ import annotations

import base64
import hashlib
import io
import secrets
import sys
import unicodedata
import zipfile
from pathlib import Path

import pandas as pd

SUBJECTS = {
    "TOÁN": "toan",
    "VĂN": "van",
    "LÝ": "ly",
    "HÓA": "hoa",
    "SINH": "sinh",
    "SỬ": "su",
    "ĐỊA": "dia",
    "GDCD": "gdcd",
    "ANH": "anh",
}
BANDED = ("toan", "van", "anh")
NICKNAMES = {
    "brvt": "77",
    "tp hcm": "79",
    "ho chi minh": "79",
    "tp ho chi minh": "79",
    "ha tay": "28",
    "thua thien hue": "46",
}
PCI = {
    "pci_weighted": "tong_hop",
    "pci_unweighted": "khong_trong_so",
    "pci_entry": "gia_nhap_thi_truong",
    "pci_land": "dat_dai",
    "pci_transparency": "minh_bach",
    "pci_time": "chi_phi_thoi_gian",
    "pci_informal": "chi_phi_khong_chinh_thuc",
    "pci_bias": "canh_tranh_binh_dang",
    "pci_proactive": "nang_dong",
    "pci_support": "ho_tro_doanh_nghiep",
    "pci_labor": "dao_tao_lao_dong",
    "pci_legal": "thiet_che_phap_ly",
    "pci_implement": "thuc_thi_chinh_sach",
}
PAPI = {
    "papi_unweighted": "tong_hop",
    "papi_participation": "tham_gia",
    "papi_transparency": "minh_bach",
    "papi_accountability": "giai_trinh",
    "papi_corruption": "kiem_soat_tham_nhung",
    "papi_procedures": "thu_tuc_hanh_chinh",
    "papi_service": "dich_vu_cong",
}
BUDGET = {
    "total.rev": "thu",
    "total.exp": "chi",
    "balance.trans": "bo-sung-can-doi",
    "target.trans": "bo-sung-muc-tieu",
}
CPI = {
    "CHỈ SỐ GIÁ TIÊU DÙNG": "tong-hop",
    "Hàng ăn và dịch vụ ăn uống": "an-uong",
    "Lương thực": "luong-thuc",
    "Thực phẩm": "thuc-pham",
    "Ăn uống ngoài gia đình": "an-uong-ngoai",
    "Đồ uống và thuốc lá": "do-uong-thuoc-la",
    "May mặc, mũ nón và giày dép": "may-mac",
    "Nhà ở và vật liệu xây dựng": "nha-o",
    "Thiết bị và đồ dùng gia đình": "do-dung-gia-dinh",
    "Thuốc và dịch vụ y tế": "y-te",
    "Dịch vụ y tế": "dich-vu-y-te",
    "Giao thông": "giao-thong",
    "Bưu chính viễn thông": "buu-chinh-vien-thong",
    "Giáo dục": "giao-duc",
    "Dịch vụ giáo dục": "dich-vu-giao-duc",
    "Văn hoá, giải trí và du lịch": "van-hoa-du-lich",
    "Hàng hóa và dịch vụ khác": "khac",
    "CHỈ SỐ GIÁ VÀNG": "vang",
    "CHỈ SỐ GIÁ ĐÔ LA MỸ": "do-la-my",
    "LẠM PHÁT CƠ BẢN": "lam-phat-co-ban",
}
IIP = {
    "Toàn ngành công nghiệp": "toan-nganh",
    "Khai khoáng": "khai-khoang",
    "Công nghiệp chế biến, chế tạo": "che-bien-che-tao",
    "Sản xuất và phân phối điện": "dien",
    "Cung cấp nước; hoạt động quản lý và xử lý rác thải, nước thải": "nuoc-rac",
}
RETAIL = {
    "TỔNG SỐ": "tong",
    "Bán lẻ hàng hóa": "ban-le",
    "Dịch vụ lưu trú, ăn uống": "luu-tru-an-uong",
    "Du lịch lữ hành": "du-lich",
    "Dịch vụ khác": "dich-vu-khac",
}
TRADE = {"TỔNG TRỊ GIÁ": "tong", "Khu vực kinh tế trong nước": "trong-nuoc", "Khu vực có vốn đầu tư NN": "fdi"}
GDP = {
    "TỔNG SỐ": "tong",
    "Nông, lâm nghiệp và thủy sản": "nong-lam-thuy-san",
    "Công nghiệp và xây dựng": "cong-nghiep-xay-dung",
    "Dịch vụ": "dich-vu",
}


def plain(text: str) -> str:
    """A name without tones, case, hyphens and its type word."""
    text = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d").lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    for mark in ("tp.", "tinh ", "thanh pho ", " city"):
        text = text.replace(mark, " ")
    return " ".join(text.replace("-", " ").replace("–", " ").split())


class Provinces:
    """The 63 provinces before 2025-07-01, and Hà Tây (28, ended 2008-08-01), by any spelling seen in the files."""

    def __init__(self, raw: Path) -> None:
        old = pd.read_csv(raw / "admin-units/units_old_10040.csv.gz", dtype=str)
        self.names = old.groupby("provinceCode").province.first().to_dict()
        self.codes = {plain(name): code for code, name in self.names.items()} | NICKNAMES

    def code(self, name: object) -> str:
        """The code of a name, or "" for an empty cell; an unknown name stops the run."""
        return "" if pd.isna(name) else self.codes[plain(str(name))]


def number(value: float) -> str:
    """The shortest text that reads back as the published figure (sources carry float noise in the 9th digit)."""
    return "" if pd.isna(value) else f"{round(float(value), 6):.6f}".rstrip("0").rstrip(".")


def write(frame: pd.DataFrame, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    frame = frame.apply(lambda column: column.map(number) if column.dtype.kind == "f" else column)
    frame.to_csv(file, index=False, lineterminator="\n")
    print(f"{file}: {len(frame)} rows")


def band(score: float) -> str:
    """The one-mark band of a score: `6–7` holds 6 ≤ score < 7, and `9–10` holds 10 too."""
    low = min(int(score), 9) if pd.notna(score) else -1
    return "" if low < 0 else f"{low}–{low + 1}"


def exam_rows(raw: Path) -> dict[str, pd.DataFrame]:
    """File name → candidates, with opaque keys, sorted by key so that the order tells nothing."""
    key = secrets.token_bytes(32)
    numbers: dict[str, str] = {}
    files = {}
    with zipfile.ZipFile(raw / "exam-thpt-2018/nhse_2018_by_province.zip") as bundle:
        for entry in sorted(name for name in bundle.namelist() if name.endswith(".csv")):
            rows = pd.read_csv(io.BytesIO(bundle.read(entry)), dtype={"SBD": str})
            candidate = rows.SBD.str.zfill(8)  # spreadsheet lost the leading zero of councils 03 to 09
            digest = candidate.map(lambda n: hashlib.blake2b(n.encode(), key=key, digest_size=10).digest())
            rows["khoa"] = digest.map(lambda d: base64.b32encode(d).decode().lower()[:10])
            rows["hoi_dong"] = candidate.str[:2]
            numbers.update(zip(rows["khoa"], candidate, strict=True))
            files[Path(entry).name] = exam_columns(rows).sort_values("khoa")
    everyone = pd.concat(files.values())["khoa"].nunique()
    assert everyone == len(set(numbers.values())) == len(numbers), "two candidates share a key: run again"
    return files


def exam_columns(rows: pd.DataFrame) -> pd.DataFrame:
    """Scores as published, and the bands of the common subjects; block and paper sums are left to be made from them."""
    out = rows[["khoa", "hoi_dong"]].copy()
    for heading, subject in SUBJECTS.items():
        out[subject] = rows[heading].map(number)
        if subject in BANDED:
            out[f"{subject}_khoang"] = rows[heading].map(band)
    return out


def exam(raw: Path, packs: Path) -> None:
    target = packs / "giao-duc/data/diem-thi-2018.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for name, rows in exam_rows(raw).items():
            entry = zipfile.ZipInfo(name, (2018, 7, 22, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, rows.to_csv(index=False, lineterminator="\n"))
    print(f"{target}: {target.stat().st_size:,} bytes")


def councils(raw: Path, packs: Path, provinces: Provinces) -> None:
    """Council → old province code with its population of 2018, the measure of how many candidates to expect."""
    index = pd.read_csv(raw / "exam-thpt-2018/file_index.csv", dtype=str)
    people = pd.read_csv(raw / "province-annual-nso/population/population_2018.csv", encoding="utf-8-sig")
    thousands = dict(zip(people.code.map("{:02d}".format), people.population, strict=True))
    rows = [
        {"code": prefix[:2], "value": provinces.code(name)}
        for name, prefix in zip(index.province_in_readme, index.sbd_prefixes, strict=True)
        if name != "Sơn La"  # its file is a copy of Đắk Lắk's: the council's own number is not in the data
    ]
    frame = pd.DataFrame(rows).sort_values("code")
    frame["vi"] = frame.value.map(lambda c: "Hội đồng thi " + provinces.names[c])
    frame["en"] = frame.value.map(lambda c: "Exam council " + provinces.names[c])
    frame["dan_so"] = frame.value.map(thousands)
    write(frame, packs / "giao-duc/codes/hoi-dong-thi.csv")


def dengue(raw: Path, packs: Path, provinces: Provinces) -> None:
    rows = pd.read_csv(raw / "dengue-opendengue/vietnam_dengue_spatial_v1_3.csv.gz", keep_default_na=False)
    rows["thang"] = rows.calendar_start_date.str[:7]
    local = rows[rows.S_res == "Admin1"].rename(columns={"adm_1_name": "tinh", "dengue_total": "ca"})
    write(local[["tinh", "thang", "ca"]].sort_values(["tinh", "thang"]), packs / "y-te/data/sot-xuat-huyet.csv")
    months = rows[(rows.S_res == "Admin0") & (rows.T_res == "Month")].rename(columns={"dengue_total": "ca"})
    months = months.assign(quoc_gia="VN").sort_values("thang")
    write(months[["quoc_gia", "thang", "ca"]], packs / "y-te/data/sot-xuat-huyet-ca-nuoc.csv")
    names = pd.DataFrame({"code": sorted(local.tinh.unique())})
    names["value"] = names.code.map(provinces.code)
    names["vi"] = names.value.map(provinces.names | {"28": "Tỉnh Hà Tây"})
    names["en"] = names.code.str.title()
    write(names, packs / "y-te/codes/ten-tinh.csv")


def budget(raw: Path, packs: Path, provinces: Provinces) -> None:
    """Long, in million đồng. Revenue of the final accounts of 2009 is left out (docs/data.md)."""
    parts = []
    for kind, name in (("final", "final"), ("plan", "plan")):
        rows = pd.read_csv(raw / f"province-budget-pci-papi/VNbudget_{name}.csv")
        rows["tinh"] = rows.prov.map(provinces.code)
        long = rows.melt(["tinh", "year"], list(BUDGET), "khoan", "gia_tri")
        parts.append(long.assign(loai=kind, khoan=long.khoan.map(BUDGET)))
    frame = pd.concat(parts).rename(columns={"year": "nam"})
    other_measure = (frame.nam == 2009) & (frame.khoan == "thu") & (frame.loai == "final")
    frame = frame[~other_measure].sort_values(["loai", "khoan", "nam", "tinh"], kind="stable")
    write(frame[["tinh", "nam", "khoan", "loai", "gia_tri"]], packs / "kinh-te-xa-hoi/data/ngan-sach.csv")


def scores(raw: Path, packs: Path, provinces: Provinces) -> None:
    for name, columns in (("pci", PCI), ("papi", PAPI)):
        rows = pd.read_csv(raw / f"province-budget-pci-papi/{name}.csv").rename(columns=columns)
        rows["tinh"], rows["nam"] = rows.prov.map(provinces.code), rows.year.astype(int)
        frame = rows[["tinh", "nam", *columns.values()]].sort_values(["nam", "tinh"], kind="stable")
        write(frame, packs / f"kinh-te-xa-hoi/data/{name}.csv")


def estimates_and_actuals(rows: pd.DataFrame, keys: list[str], now: str, last: str) -> pd.DataFrame:
    """A report gives an estimate of its month and the actual figure of the month before: two rows, by `loai`."""
    estimate = rows[[*keys, "thang", now]].rename(columns={now: "gia_tri"}).assign(loai="estimate")
    actual = (
        rows[[*keys, "PreMonth", last]].rename(columns={"PreMonth": "thang", last: "gia_tri"}).assign(loai="actual")
    )
    # January's report carries no figure of December: the source leaves the cell empty, so does this
    both = pd.concat([estimate, actual]).dropna(subset=["gia_tri"])
    return both[both.thang.isin(rows.thang)].sort_values([*keys, "thang", "loai"])


def monthly(raw: Path, name: str, column: str, keep: dict[str, str] | None = None) -> pd.DataFrame:
    rows = pd.read_csv(raw / "nso-monthly/csv" / name).rename(columns={column: "muc"})
    rows["thang"] = rows.Date.str[:7]
    return rows if keep is None else rows[rows.muc.isin(keep)].assign(muc=lambda d: d.muc.map(keep))


def nso(raw: Path, packs: Path, provinces: Provinces) -> None:
    data = packs / "kinh-te-xa-hoi/data"
    cpi = monthly(raw, "cpi.csv", "Hàng hóa", CPI).assign(quoc_gia="VN")
    cpi = cpi.rename(columns={"muc": "nhom", "MOM": "thang_truoc", "YOY": "cung_ky", "YTD-YOY": "binh_quan"})
    cpi = cpi[["quoc_gia", "thang", "nhom", "thang_truoc", "cung_ky", "binh_quan"]].sort_values(["thang", "nhom"])
    write(cpi, data / "gia-tieu-dung.csv")
    iip = monthly(raw, "iip.csv.gz", "Ngành", IIP).drop_duplicates(["muc", "thang"])
    iip = estimates_and_actuals(iip.rename(columns={"muc": "nganh"}), ["nganh"], "E-YOY", "YOY-Pre-Month")
    write(
        iip.assign(quoc_gia="VN")[["quoc_gia", "thang", "nganh", "loai", "gia_tri"]], data / "san-xuat-cong-nghiep.csv"
    )
    retail = monthly(raw, "tongmuc.csv", "Phân Loại", RETAIL).rename(columns={"muc": "khoan"})
    retail = estimates_and_actuals(retail, ["khoan"], "E-M", "Pre-M").assign(quoc_gia="VN")
    write(retail[["quoc_gia", "thang", "khoan", "loai", "gia_tri"]], data / "ban-le.csv")
    trade = monthly(raw, "xnk.csv", "Ngành", TRADE).assign(quoc_gia="VN")
    trade = trade.rename(columns={"muc": "khu_vuc", "Total-M-XK": "xuat_khau", "Total-M-NK": "nhap_khau"})
    trade = trade[["quoc_gia", "thang", "khu_vuc", "xuat_khau", "nhap_khau"]].sort_values(["thang", "khu_vuc"])
    write(trade, data / "xuat-nhap-khau.csv")
    gdp = monthly(raw, "gdp_ss.csv", "Ngành", GDP).assign(quoc_gia="VN")
    gdp["quy"] = gdp.Date.str[:4] + "-Q" + ((gdp.Date.str[5:7].astype(int) + 2) // 3).astype(str)
    gdp = gdp.rename(columns={"muc": "khu_vuc", "YOY": "tang_truong", "Tổng số": "gia_so_sanh"}).sort_values(
        ["quy", "khu_vuc"]
    )
    write(gdp[["quoc_gia", "quy", "khu_vuc", "tang_truong", "gia_so_sanh"]], data / "gdp-quy.csv")
    investment(raw, data, provinces)
    foreign(raw, data, provinces)


def investment(raw: Path, data: Path, provinces: Provinces) -> None:
    """State-budget investment: country totals, and the provinces the report names."""
    rows = monthly(raw, "vdt.csv.gz", "Phân Loại")
    country = {"TỔNG SỐ": "tong", "Trung ương": "trung-uong", "Địa phương": "dia-phuong"}
    rows["tinh"] = ["VN" if name in country else provinces.codes.get(plain(name), "") for name in rows.muc]
    rows["khoan"] = [country.get(name, "tinh") for name in rows.muc]
    rows = rows[rows.tinh != ""]
    frame = estimates_and_actuals(rows, ["tinh", "khoan"], "E-Total-M", "Total-Pre-Month")
    write(frame[["tinh", "thang", "khoan", "loai", "gia_tri"]], data / "von-dau-tu.csv")


def foreign(raw: Path, data: Path, provinces: Provinces) -> None:
    """Registered foreign investment from the year's start to the report's day, as printed."""
    rows = monthly(raw, "fdi.csv.gz", "Phân Loại")
    rows = rows[rows["Trong Nước"].isin(["Trong Nước", "TỔNG SỐ"])]
    rows["tinh"] = ["VN" if name == "TỔNG SỐ" else provinces.code(name) for name in rows.muc]
    rows = rows.rename(
        columns={
            "Số dự án": "du_an",
            "Vốn đăng ký cấp mới": "cap_moi",
            "Vốn đăng ký điều chỉnh": "dieu_chinh",
            "Vốn đăng ký": "dang_ky",
        }
    )
    frame = rows[["tinh", "thang", "du_an", "cap_moi", "dieu_chinh", "dang_ky"]].sort_values(["thang", "tinh"])
    write(frame, data / "fdi.csv")


def annual(raw: Path, packs: Path) -> None:
    """Population, GRDP a head and health establishments by province and year; `..` (no figure) stays an empty cell."""
    folder = raw / "province-annual-nso"
    columns = {
        "population": {"population": "dan_so", "area": "dien_tich"},
        "grdp": {"grdp": "grdp_dau_nguoi"},
        "health": {
            "Total": "tong_so",
            "Hospital": "benh_vien",
            "Health station at commune, ward, office, enterprise": "tram_y_te",
        },
    }
    targets = {
        "population": packs / "kinh-te-xa-hoi/data/dan-so.csv",
        "grdp": packs / "kinh-te-xa-hoi/data/grdp.csv",
        "health": packs / "y-te/data/co-so-y-te.csv",
    }
    for name, target in targets.items():
        parts = []
        for file in sorted(folder.rglob(f"{name}_*.csv")):
            rows = pd.read_csv(file, encoding="utf-8-sig", na_values=[".."]).rename(columns=columns[name])
            rows = rows[rows.code.notna()].assign(nam=int(file.stem[-4:]))
            parts.append(rows.assign(tinh=rows.code.astype(int).map("{:02d}".format)))
        write(pd.concat(parts)[["tinh", "nam", *columns[name].values()]].sort_values(["nam", "tinh"]), target)


def communes(raw: Path, packs: Path) -> None:
    """People and area of Lạng Sơn's communes as the publisher gives them, truncated numbers included."""
    rows = pd.read_csv(raw / "boundaries-2025/communes_attributes.csv.gz")
    units = pd.read_csv(raw / "admin-units/units_new_3321.csv", dtype=str)
    codes = {plain(u.ward): u.wardCode for u in units[units.provinceCode == "20"].itertuples()}
    rows = rows[rows.a04_tentinh == "Tỉnh Lạng Sơn"]
    rows["xa"] = rows.a03_ten.map(lambda name: codes[plain(name)])
    frame = rows.assign(nam=2025).rename(columns={"a08_ds": "dan_so", "a07_dt": "dien_tich"})
    write(frame[["xa", "nam", "dan_so", "dien_tich"]].sort_values("xa"), packs / "kinh-te-xa-hoi/data/dan-so-xa.csv")


def tidy(raw: Path, packs: Path) -> None:
    """Every file but the exam's: the same bytes each time."""
    provinces = Provinces(raw)
    dengue(raw, packs, provinces)
    budget(raw, packs, provinces)
    scores(raw, packs, provinces)
    nso(raw, packs, provinces)
    annual(raw, packs)
    communes(raw, packs)
    councils(raw, packs, provinces)


if __name__ == "__main__":
    tidy(Path(sys.argv[1]), Path(sys.argv[2]))
    exam(Path(sys.argv[1]), Path(sys.argv[2]))
