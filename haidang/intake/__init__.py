"""Intake: fetch → check → land. Every arrival becomes a Run; the only room that writes the store.

Holds: connectors/<kind>, formats/<kind>, checks/<kind>, sources (what the province says of them, what is owed), Run and
mending; raw bytes kept under HAIDANG_HOME/raw.
Never: decides who may see; makes a number; lets a bad row stop the good ones unless the contract says so.
May call it: rooms above, by `intake.reads` and `intake.actions`; `indicators` registers what it keeps up by
`intake.derive`.
"""
