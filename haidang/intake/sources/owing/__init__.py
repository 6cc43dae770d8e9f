"""What sources owe: a Window for every delivery, whether it came, who must be told. Never: fetches, sends a notice."""
