"""Numbers follow what packs declare: a new or changed indicator over facts landed before has its numbers."""

from __future__ import annotations

from haidang.catalog import declared as catalog
from haidang.intake import actions
from tests.intake.conftest import OFFICER, Centre

FURTHER = """\
- indicator: ca-cao-nhat
  title: {vi: Ca của tháng đông, en: Cases of busy months}
  kind: sum
  dataset: dich
  column: ca
  where: "ca >= 5"
  unit: ca
  grain: year
  group: "01"
"""


def declare_further(centre: Centre, text: str) -> None:
    (centre.packs / "thu" / "indicators" / "further.yaml").write_text(text, encoding="utf-8")
    catalog.forget()


def test_a_new_indicator_counts_what_landed_before(centre: Centre) -> None:
    centre.land("thu.dich", "tinh,thang,ca", "20,2018-01,3", "20,2018-02,7", "20,2017-03,9")
    assert actions.keep_up(OFFICER) == (), "nothing was declared otherwise"
    before = centre.lake.snapshot()
    declare_further(centre, FURTHER)
    assert actions.keep_up(OFFICER) == ("thu.dich",)
    assert centre.value("thu.ca-cao-nhat", "20@") == [9.0, 7.0]
    assert centre.value("thu.so-ca", "20@") == [9.0, 10.0]
    assert centre.value("thu.ca-cao-nhat", "20@", snapshot=before) == [], "an earlier day knew nothing of it"
    assert actions.keep_up(OFFICER) == (), "once is enough"


def test_a_landing_under_new_declarations_derives_everything(centre: Centre) -> None:
    centre.land("thu.dich", "tinh,thang,ca", "20,2018-01,3", "20,2017-03,9")
    declare_further(centre, FURTHER.replace('"ca >= 5"', '"ca >= 1"'))
    centre.land("thu.dich", "tinh,thang,ca", "20,2018-02,4", name="sau.csv")
    assert centre.value("thu.ca-cao-nhat", "20@") == [9.0, 7.0]


def test_words_alone_change_no_number(centre: Centre) -> None:
    centre.land("thu.dich", "tinh,thang,ca", "20,2018-01,3")
    declare_further(centre, FURTHER)
    actions.keep_up(OFFICER)
    declare_further(centre, FURTHER.replace("Ca của tháng đông", "Ca của tháng cao điểm"))
    assert actions.keep_up(OFFICER) == ()
