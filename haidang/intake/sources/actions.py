"""The only file of `intake.sources` that writes. Doors ask the gate before they call; `who` stands here for the record."""

from __future__ import annotations
