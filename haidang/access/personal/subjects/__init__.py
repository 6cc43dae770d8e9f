"""Data subjects: what is held of one person (`reads`), what is done about it (`actions`). Never: writes the store."""
