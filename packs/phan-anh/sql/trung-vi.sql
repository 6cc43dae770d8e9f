-- Trung vị số giờ từ lúc gửi đến lúc xong của phản ánh xong trong tháng: từng xã, và cả tỉnh (goc).
with xong as (
  select strftime(ket_thuc, '%Y-%m') as thang, noi, goc, gio_xu_ly from vu_viec
  where trang_thai in ('resolved', 'published') and gio_xu_ly is not null and ket_thuc is not null
)
select thang, goc as noi, count(*) as so_viec, round(median(gio_xu_ly), 2) as gio from xong group by thang, goc
union all
select thang, noi, count(*), round(median(gio_xu_ly), 2) from xong where noi <> goc group by thang, noi
