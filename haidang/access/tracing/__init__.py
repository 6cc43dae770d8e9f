"""The trace as a chain: how a row is sealed, proved, searched, sent to a SIEM, kept and let go of.

`chain` and `siem` are pure; `reads` never writes; `actions` and `retention` do. Never: decides a right, holds a page.
"""
