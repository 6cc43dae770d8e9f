"""Cases as service requests of Open311 GeoReport v2: what services there are, what was asked, what is sent.

Faces: `services`, `reads`, `actions`. Never: knows XML or JSON (the door does), shows who sent a Case.
"""
