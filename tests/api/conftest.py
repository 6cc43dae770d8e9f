"""The small centre of tests/doors.py, for the tests of this folder."""

from desks import alone, desk
from doors import cast, home, landed_home

__all__ = ["alone", "cast", "desk", "home", "landed_home"]
