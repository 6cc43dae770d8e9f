"""Watch: who is told of what. Notices on screen, by e-mail (channels/<kind>).

Holds: Notice and the channels; rules and alerts come here.
Never: makes a number, decides a right, fetches; a notice says a code and facts, its words stand in the locale.
May call it: doors, by `watch.reads` and `watch.actions`.
"""
