-- Một văn bản đến là đang xử lý từ lúc gửi đến lúc có trạng thái 06; quá hạn từ ngày sau hạn xử lý khi chưa hoàn thành.
with den as (
  select so_van_ban, noi_nhan as don_vi, noi, cast(gui_luc as date) as gui, gui_luc, han_xu_ly as han
  from van_ban where noi_nhan not like 'G%'
), moc as (
  select so_van_ban, noi_xu_ly as don_vi, min(case when trang_thai = '03' then luc end) as nhan_luc,
    min(case when trang_thai = '06' then luc end) as xong_luc
  from trang_thai group by so_van_ban, noi_xu_ly
), viec_den as (
  select d.*, m.nhan_luc, cast(m.nhan_luc as date) as nhan, cast(m.xong_luc as date) as xong
  from den d left join moc m on m.so_van_ban = d.so_van_ban and m.don_vi = d.don_vi
), viec as (
  select gui as ngay, don_vi, noi, 1 as nhan, 0 as xong, 0 as co_han, 0 as dung, 0 as tiep, 0.0 as gio, 1 as giu, 0 as qua from viec_den
  union all
  select nhan, don_vi, noi, 0, 0, 0, 0, 1, greatest(epoch(nhan_luc - gui_luc) / 3600, 0), 0, 0 from viec_den where nhan is not null
  union all
  select xong, don_vi, noi, 0, 1, case when han is null then 0 else 1 end, case when xong <= han then 1 else 0 end, 0, 0, -1,
    case when xong > han then -1 else 0 end
  from viec_den where xong is not null
  union all
  select han + 1, don_vi, noi, 0, 0, 0, 0, 0, 0, 0, 1 from viec_den
  where han < coalesce(xong, $today) and han is not null
), ngay_nao as (
  select cast(unnest(generate_series((select min(ngay) from viec), $today, interval 1 day)) as date) as ngay
), don_vi_nao as (
  select don_vi, any_value(noi) as noi from viec group by don_vi
), tung_ngay as (
  select n.ngay, d.don_vi, d.noi, coalesce(sum(v.nhan), 0) as nhan, coalesce(sum(v.xong), 0) as xong, coalesce(sum(v.co_han), 0) as xong_co_han,
    coalesce(sum(v.dung), 0) as xong_dung_han, coalesce(sum(v.tiep), 0) as tiep_nhan, round(coalesce(sum(v.gio), 0), 2) as gio_cho,
    coalesce(sum(v.giu), 0) as giu, coalesce(sum(v.qua), 0) as qua
  from ngay_nao n cross join don_vi_nao d left join viec v on v.ngay = n.ngay and v.don_vi = d.don_vi
  group by all
)
select ngay, don_vi, noi, nhan, xong, xong_co_han, xong_dung_han, tiep_nhan, gio_cho,
  sum(giu) over (partition by don_vi order by ngay) as dang_giu, sum(qua) over (partition by don_vi order by ngay) as qua_han
from tung_ngay
