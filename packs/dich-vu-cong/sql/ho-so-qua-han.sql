-- Mọi hồ sơ từng quá hạn: từ lúc nào, đến lúc nào (trống: vẫn đang quá hạn). Cùng một luật với ho-so-theo-ngay.sql.
with xet as (
  select *, coalesce(so_lan_bo_sung, 0) as lan,
    case when trang_thai in ('7', '8', '9', '10') then ngay_ket_thuc end as xong,
    case when trang_thai = '5' then ngay_yeu_cau_bo_sung end as cho,
    coalesce(ngay_hen_tra,
      case when don_vi_tinh = 'giờ' then ngay_tiep_nhan + to_seconds(cast(thoi_gian * 3600 as bigint)) end) as han
  from ho_so
  where ngay_tiep_nhan is not null and trang_thai <> '3'
)
select ma_ho_so, ten_tthc, linh_vuc, don_vi, noi, trang_thai, ngay_tiep_nhan,
  case when lan > 1 then least(han, coalesce(cho, ngay_cap_nhat)) else han end as tu_luc, xong as den_luc,
  case when xong is not null then greatest(round(epoch(xong - han) / 86400, 2), 0) end as so_ngay
from xet
where lan > 1 or coalesce(xong, cho, $now) > han
