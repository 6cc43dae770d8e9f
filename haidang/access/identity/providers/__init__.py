"""Signing in by a provider of identities (OpenID Connect): VNeID, the province's own sign-in.

Faces: `reads`, `actions` (the only file that writes here), `protocol` (the seam where everything a provider says is
proved), `claims` (what its claims mean here). `wire` carries the bytes. Never: renders; believes what is not proved.
"""
