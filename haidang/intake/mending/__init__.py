"""Rows set aside, mended many at a time: grouped by reason, corrected by a rule, replayed after a pack changed.

Faces: `reads` and `actions` (the only file that writes Django rows). `rules` lays a rule over staged text, `again`
parts a replay into what stands now, what is still at fault and what a newer version has outrun.
Never: decides who may; lands past the gate (every replay is a Run of its own).
"""
