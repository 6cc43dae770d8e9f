"""Checks: one module per kind, found by listing the folder. Column checks come from the contract's types; these are of whole tables."""
