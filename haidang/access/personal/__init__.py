"""People's data: masks, purposes, what a data subject asks for. Never: decides who reaches a level (the gate does)."""
