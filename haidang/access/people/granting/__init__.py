"""Giving rights by hand: who may give what to whom, the list of all grants, giving and withdrawing.

Holds: rules (offerable), reads, actions. Never: decides a look at data (the gate does).
"""

from haidang.access.people.granting.rules import administers, administrators, offerable, weighty

__all__ = ["administers", "administrators", "offerable", "weighty"]
