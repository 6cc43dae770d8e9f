"""What the leader reads of a desk: the morning sheet with the unusual first, reminders, escalation.

`reads` makes the sheet out of `areas` (counts) by `usual` (what is unusual) and `common` (what reports share);
`sentences` says it, `reminding` tells who is told what, `actions` remembers that it was told.
Never: sends anything, tells who sent a Case.
"""
