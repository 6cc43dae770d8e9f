"""The desk: anything a person must finish by a date (a Case), from its first word to its end.

One state machine (`machine`), clocks in working days (`clocks`), an append-only history. Faces: `cases.reads`,
`cases.actions`; parts: `files`, `channels`, `calls`, `suggest`, `digest`, `importing`.
May call it: watch and the doors.
Never: makes a number for a board (cases are a Dataset), shows who sent a Case to whoever handles it.
"""
