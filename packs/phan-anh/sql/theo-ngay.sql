-- Mỗi ngày, mỗi đơn vị, lĩnh vực, địa bàn: gửi đến, xong, đúng hạn, còn mở và quá hạn lúc hết ngày (hôm nay: lúc này).
-- Quá hạn từ lúc qua hạn đến lúc kết thúc; đang chờ người dân bổ sung thì đồng hồ dừng (han trống). Giữ 400 ngày gần nhất.
with viec as (
  select cast(ngay_gui as date) as tu, cast(ket_thuc as date) as den, don_vi, coalesce(nhom, '') as nhom, noi,
    trang_thai in ('resolved', 'published') as xong, dung_han, dung_quoc_gia,
    case when han < coalesce(ket_thuc, $now) then cast(han as date) end as tre_tu
  from vu_viec
), su_kien as (
  select tu as ngay, don_vi, nhom, noi, 1 as gui, 0 as xong, 0 as dung_han, 0 as co_han, 0 as dung_quoc_gia, 1 as mo, 0 as qua from viec
  union all
  select den, don_vi, nhom, noi, 0, cast(xong as int), cast(xong and coalesce(dung_han, false) as int),
    cast(xong and dung_han is not null as int), cast(xong and coalesce(dung_quoc_gia, false) as int), -1, 0
  from viec where den is not null
  union all
  select tre_tu, don_vi, nhom, noi, 0, 0, 0, 0, 0, 0, 1 from viec where tre_tu is not null
  union all
  select den, don_vi, nhom, noi, 0, 0, 0, 0, 0, 0, -1 from viec where tre_tu is not null and den is not null
), mot_ngay as (
  select ngay, don_vi, nhom, noi, sum(gui) as gui, sum(xong) as xong, sum(dung_han) as dung_han, sum(co_han) as co_han,
    sum(dung_quoc_gia) as dung_quoc_gia, sum(mo) as mo, sum(qua) as qua
  from su_kien group by all
), noi_nao as (
  select don_vi, nhom, noi, min(ngay) as dau from mot_ngay group by all
), lich as (
  select cast(unnest(generate_series((select min(ngay) from mot_ngay), $today, interval 1 day)) as date) as ngay
), moi_ngay as (
  select l.ngay, n.don_vi, n.nhom, n.noi, coalesce(m.gui, 0) as gui, coalesce(m.xong, 0) as xong,
    coalesce(m.dung_han, 0) as dung_han, coalesce(m.co_han, 0) as co_han, coalesce(m.dung_quoc_gia, 0) as dung_quoc_gia,
    sum(coalesce(m.mo, 0)) over w as dang_mo, sum(coalesce(m.qua, 0)) over w as qua_han
  from noi_nao n join lich l on l.ngay >= n.dau
  left join mot_ngay m on m.ngay = l.ngay and m.don_vi = n.don_vi and m.nhom = n.nhom and m.noi = n.noi
  window w as (partition by n.don_vi, n.nhom, n.noi order by l.ngay)
)
select ngay, don_vi, nhom, noi, gui, xong, dung_han, co_han, co_han - dung_han as tre_han, dung_quoc_gia, dang_mo, qua_han
from moi_ngay where ngay > $today - 400
