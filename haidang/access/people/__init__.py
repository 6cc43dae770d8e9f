"""The people of the gate: offices, accounts, who keeps whose, import, reviews; what may be given and asked for.

Never: decides what somebody may see (`access.decide`), signs anybody in (`access.identity`).
"""
