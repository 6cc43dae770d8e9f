"""Second factors: codes by a clock (TOTP), recovery codes, passkeys. Kept by django-allauth, their secrets sealed.

Faces: `reads` and `actions` (the only file that writes here); `keys` speaks the passkeys' protocol.
Never: decides who needs one (identity.reads does), renders.
"""
