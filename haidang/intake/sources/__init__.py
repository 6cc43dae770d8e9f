"""Sources as this province runs them: connection values, schedule, what is owed, fetching, hooks, retention.

Faces: `reads` and `actions` (the only file that writes here). `seal` keeps secrets, `timing` knows when one is due,
`guard` says to which networks a source may lead, `trial` tries a connection and shows the first rows.
Never: checks or lands a row (intake.actions does); decides who may; sends a notice (watch does).
"""
