"""What doors ask of people's data: the list of purposes, a purpose as it was said. Never: writes, decides."""

from haidang.access.personal.purposes import LEAST, MOST, Purpose, purposes, read, said, told

__all__ = ["LEAST", "MOST", "Purpose", "purposes", "read", "said", "told"]
