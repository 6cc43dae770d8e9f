"""How much a file may ask of us, each limit with its reason. Never: decides anything; readers compare and refuse."""

from __future__ import annotations

MB = 1024 * 1024
GB = 1024 * MB

MAX_COLUMNS = 2_000  # the widest real table seen has 150; a header of millions is an attack or the wrong file
MAX_CELL = 1 * MB  # a whole decree is 300 KB; a larger "cell" is a quotation mark that was never closed
MAX_LINE = 8 * MB  # a record of 2,000 columns is far below; bounds what is held while looking for a line's end
MAX_RECORD = 1 * MB  # a line that is a record by itself: an event with its payload is below 200 KB
MAX_UNPACKED = 2 * GB  # all members of an arrival together: a province's year of dossiers is below 1 GB
MAX_RATIO = 200  # unpacked to packed: text packs 3 to 20 times, a bomb 1,000 times
RATIO_FROM = 16 * MB  # small files may pack well and harm nobody
MAX_MEMBERS = 2_000  # one file per commune of the country would be split by province
MAX_NAME = 120  # characters of a member's name shown in a message
MAX_SHEETS = 250  # statistical books have up to 60
MAX_GRID_ROWS = 1_048_576  # a sheet's own limit
MAX_GRID_CELLS = 10_000_000  # a workbook takes some 300 bytes a cell while it is read: 3 GB
MAX_BOOK = 256 * MB  # a workbook on disk; larger data comes as CSV or Parquet
MAX_PAGE_CELLS = 1_000_000  # cells of a page with their spans laid out
MAX_PAGE = 64 * MB  # an HTML page saved as .xls
MAX_JSON = 256 * MB  # one JSON document is held whole; JSON Lines are not limited by it
MAX_FAULTS = 20_000  # rows out of shape kept with their cells; beyond it the file itself is wrong
MAX_DEPTH = 32  # nesting of JSON and XML; flattened headings beyond that serve nobody
MAX_NODES = 200_000  # elements of a message held as a tree; a document with its routing has some 200
MAX_PROLOG = 256 * 1024  # what may stand before the first element of an XML document
MAX_CEF_KEYS = 500  # keys of one event; products send 20 to 80
MAX_DIGITS = 100  # digits of a JSON number; more is not a measurement
MAX_PARQUET_CELLS = 500_000_000  # rows × columns a footer may claim
MAX_FEED = 16 * MB  # a newspaper's feed is below 1 MB
MAX_FEED_ITEMS = 5_000  # of one feed; they show 20 to 100
MAX_MAIL = 64 * MB  # mail servers take 25 to 50
MAX_MAIL_HEADER = 512 * 1024  # bytes of a mail's header
MAX_MAIL_LINES = 2_000  # and its lines; a much forwarded mail has 200
MAX_MAIL_PARTS = 100  # parts within parts of a mail
MAX_BODY = 20_000  # characters of a mail's words that are kept
CHILD_MEMORY = 3 * GB  # address space of the process that opens workbooks, JSON and Parquet
CHILD_SECONDS = 120  # and its time
CHUNK = 4 * MB  # what is held at once while streaming
HEAD = 64 * 1024  # what is looked at to tell the kind
SAMPLE = 256 * 1024  # what is looked at to tell encoding, separator and heading
