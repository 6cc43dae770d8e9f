"""The small centre of tests/doors.py, for the tests of this folder."""

from doors import cast, home, landed_home

__all__ = ["cast", "home", "landed_home"]
