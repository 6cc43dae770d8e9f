"""Access: THE GATE. Who may see and do what, where, at which level, until when.

Holds: accounts, grants, the one decision, rows and columns cut, the trace of acts.
Never: makes a number, reads a pack's meaning beyond levels, renders.
May call it: every room above, by `access.gate`.
"""
