"""The telephone of the desk: calls as the exchange tells of them, who called, their record, who is to be called back.

Faces: `calls.reads`, `calls.actions`; `calls.events` reads and proves what the exchange pushes.
Never: shows a caller's number to whoever has said no purpose; connects a call (the exchange does).
"""
