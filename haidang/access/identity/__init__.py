"""Signing in: the rules of passwords, locks and sessions, second factors, the province's own sign-in.

Never: decides what somebody may see (the gate does), holds a page.
"""
