"""Emptying what is a person's: because they asked (and law lets it), or because its time is over.

The face is `actions` (orders and their landing) and `reads`. Never: finds out who may (doors ask the gate), gives an
identifier away: orders name people by keyed digests only.
"""
