"""Sessions above one's own rights: opened for a reason, an hour at most, traced, told the next day; seeing as another.

Holds: actions (open, close, see as), reads (what runs, what was looked at, who is told). Never: lasts, or reaches
people's own data.
"""
