"""Indicators: Question + Actor → Answer. The only place where a number is made.

Holds: how a number adds up over places and periods, comparisons, status, quality; what observations are kept up.
Never: opens the store (it asks the gate), renders, decides a right.
May call it: every room above, by `indicators.answer`.
"""
