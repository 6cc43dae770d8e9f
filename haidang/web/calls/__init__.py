"""What the operator's screen is made of: what was typed, the shift, calls and callers for the templates.

Never: decides a right, writes, knows an exchange.
"""
