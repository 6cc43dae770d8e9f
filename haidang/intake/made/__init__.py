"""Rows the centre makes itself from rows that landed: derived datasets.

`query` runs a query and tells what changed, `forgetting` lets go of rows that are no more, `actions` opens the Runs.
Never: lands a row past the checks, runs a query the catalog has not proven.
"""
