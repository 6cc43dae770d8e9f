"""Web Push: a browser that follows a Case is told when it moves on (RFC 8030, 8188, 8291, 8292).

`keys` (who we are), `reads` (what is owed), `actions` (devices kept and let go, messages laid down and sent), `wire`
(bytes to the push service). Never: puts words of a report or of an officer into a message:
a lock screen is read by all.
"""
