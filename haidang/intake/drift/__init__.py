"""Schema drift: what an arrival's headings say otherwise than the last one of its source.

Faces: `reads` and `actions` (the only file that writes). A new column stops nothing, a missing one that must stand
stops the arrival (staging does), a heading that is near a known one is named with it, a column all of whose values are
at fault is named once. Never: judges a row, tells anybody (watch does).
"""
