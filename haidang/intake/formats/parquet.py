"""Parquet: every column as text, in international form. Never: reads it in this process; trusts its footer."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.headings import named
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.limits import MAX_COLUMNS, MAX_PARQUET_CELLS
from haidang.intake.formats.refuse import stop
from haidang.words.errors import Problem

SUFFIXES = (".parquet", ".pq")
MAGIC = b"PAR1"


def looks(head: bytes) -> int:
    return 2 * head.startswith(MAGIC)


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    with file.path.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - 4))
        if stream.read() != MAGIC:
            raise stop("cut-short", file.name, found="Parquet")
    return read_apart("parquet", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: the table, row group by row group."""
    try:
        source = pq.ParquetFile(file.path)
        width, rows = len(source.schema_arrow), source.metadata.num_rows
        if width > MAX_COLUMNS:
            raise stop("too-many-columns", file.name, found=width, expected=MAX_COLUMNS)
        if rows * width > MAX_PARQUET_CELLS or rows < 0:
            raise stop("sheet-too-large", file.name, found=f"{rows} × {width}", expected=MAX_PARQUET_CELLS)
        names, noticed = named(source.schema_arrow.names, file.dataset, file.name)
        parts = [_texts(batch, names) for batch in source.iter_batches(65_536)]
    except (pa.ArrowException, OSError, OverflowError) as error:
        if isinstance(error, pa.ArrowMemoryError):
            raise
        raise stop("damaged-file", file.name, found="Parquet") from error
    schema = pa.schema([(name, pa.string()) for name in names])
    arrow = pa.Table.from_batches(parts, schema)
    yield RawTable(file.name, names, arrow=arrow, first_row=1, rows=arrow.num_rows, remarks=noticed)


def _texts(batch: pa.RecordBatch, names: tuple[str, ...]) -> pa.RecordBatch:
    texts = [_text(column) for column in batch.columns]
    texts = [pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text) for text in texts]
    return pa.RecordBatch.from_arrays(texts, list(names))


def _text(column: pa.Array) -> pa.Array:
    """A column as strings; moments at midnight as dates, what Arrow cannot cast by its own writing."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_binary(column.type) or pa.types.is_nested(column.type):
        return pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(column.type):
        written = pc.replace_substring_regex(
            pc.strftime(column, format="%Y-%m-%dT%H:%M:%S"), r"(T00:00:00)?(\.0+)?$", ""
        )
        return written.cast(pa.string())
    text = column.cast(pa.string())
    return pc.replace_substring_regex(text, r"^(-?\d+)\.0$", r"\1") if pa.types.is_floating(column.type) else text
