-- Một hồ sơ tính là nhận khi đã tiếp nhận và không bị từ chối (3); giải quyết xong ở trạng thái 7, 9, 10; dừng (8) thì thôi giữ.
-- Đúng hạn: xong không sau ngày hẹn trả (đã dời theo ngày chờ bổ sung); thủ tục tính bằng giờ thì không quá số giờ quy định;
-- yêu cầu bổ sung quá một lần là không đúng hạn. Đang chờ người dân bổ sung thì tính đến lúc yêu cầu.
with xet as (
  select don_vi, noi, kenh, trang_thai, ngay_tiep_nhan as nhan, coalesce(so_lan_bo_sung, 0) as lan, ngay_cap_nhat,
    case when trang_thai in ('7', '8', '9', '10') then ngay_ket_thuc end as xong,
    case when trang_thai = '5' then ngay_yeu_cau_bo_sung end as cho,
    coalesce(ngay_hen_tra,
      case when don_vi_tinh = 'giờ' then ngay_tiep_nhan + to_seconds(cast(thoi_gian * 3600 as bigint)) end) as han
  from ho_so
  where ngay_tiep_nhan is not null and trang_thai <> '3'
), luat as (
  select *, lan <= 1 and (han is null or coalesce(xong, cho, $now) <= han) as dung,
    case when lan > 1 then least(han, coalesce(cho, ngay_cap_nhat)) else han end as qua_tu
  from xet
), viec as (
  select cast(nhan as date) as ngay, don_vi, noi, 1 as tiep_nhan, case when kenh = '2' then 1 else 0 end as truc_tuyen,
    0 as giai_quyet, 0 as dung_han, 0 as tre_han, 1 as giu, 0 as qua
  from luat
  union all
  select cast(xong as date), don_vi, noi, 0, 0, case when trang_thai <> '8' then 1 else 0 end,
    case when trang_thai <> '8' and dung then 1 else 0 end, case when trang_thai <> '8' and not dung then 1 else 0 end, -1, 0
  from luat where xong is not null
  union all
  select cast(qua_tu as date), don_vi, noi, 0, 0, 0, 0, 0, 0, 1
  from luat where not dung and (xong is null or cast(xong as date) > cast(qua_tu as date))
  union all
  select cast(xong as date), don_vi, noi, 0, 0, 0, 0, 0, 0, -1
  from luat where not dung and cast(xong as date) > cast(qua_tu as date)
), ngay_nao as (
  select cast(unnest(generate_series((select min(ngay) from viec), $today, interval 1 day)) as date) as ngay
), don_vi_nao as (
  select don_vi, any_value(noi) as noi from viec group by don_vi
), tung_ngay as (
  select n.ngay, d.don_vi, d.noi,
    coalesce(sum(v.tiep_nhan), 0) as tiep_nhan, coalesce(sum(v.truc_tuyen), 0) as truc_tuyen,
    coalesce(sum(v.giai_quyet), 0) as giai_quyet, coalesce(sum(v.dung_han), 0) as dung_han, coalesce(sum(v.tre_han), 0) as tre_han,
    coalesce(sum(v.giu), 0) as giu, coalesce(sum(v.qua), 0) as qua
  from ngay_nao n cross join don_vi_nao d left join viec v on v.ngay = n.ngay and v.don_vi = d.don_vi
  group by all
)
select ngay, don_vi, noi, tiep_nhan, truc_tuyen, giai_quyet, dung_han, tre_han,
  sum(giu) over (partition by don_vi order by ngay) as dang_giu,
  sum(qua) over (partition by don_vi order by ngay) as qua_han
from tung_ngay
