"""The sandbox province: a program of its own that plays Lạng Sơn's departments in their own protocols.

Everything it makes is simulated and says so. It imports nothing of the centre, and the centre nothing of it.
"""
