"""Whatever stands in the files of a pack, reading gives problems or a sound pack: never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from haidang.catalog.declared import as_json, check, load
from haidang.words.texts import say

from .small_pack import FILES, write

ROOT = Path(__file__).resolve().parents[2]
BITS = [
    "", ":", "{", "}", "[", "]", "- ", "'", '"', "&a ", "*a", "!!int ", "#", "\n", "  ", "\t", "\x00", "?", "|", ">", "---\n",
    "~", "null", "00004", "1e400", "nan", "-1", "99999999999999999999", "ổ", "\ud7ff", "no", "[[[[[[[[[[[[[[", "{a: {b: {c: d}}}",
    "diem-toan", "x" * 300, "{{}}", "{diem-toan} / 0", "toan in (", "../..", "pack: nho\n", "vi", "(a+)+", "\\", "%",
]  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the small pack with a few bits put in, cut out or repeated."""
    file = draw(st.sampled_from([name for name in FILES if not name.startswith("data/")]))
    text = FILES[file]
    for _ in range(draw(st.integers(1, 3))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 12))
        bit = draw(st.sampled_from(BITS) | st.text(max_size=5))
        text = text[:at] + bit + text[at + length :]
    return file, text


@given(st.lists(mutations(), min_size=1, max_size=3))
@settings(max_examples=120, deadline=None, derandomize=True)
def test_reading_never_raises(changes: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pack = write(Path(folder))
        for file, text in changes:
            (pack / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        catalog = load(Path(folder))
        assert bool(catalog.packs) != bool(catalog.problems)
        as_json(catalog)
        for problem in catalog.problems:
            assert say(problem)
            assert say(problem, "en")
            assert problem.where.startswith("nho/")


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_bytes_for_a_file(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pack = write(Path(folder))
        for file in ("pack.yaml", "codes/tinh-thi.csv"):
            (pack / file).write_bytes(data)
        assert check(Path(folder))
