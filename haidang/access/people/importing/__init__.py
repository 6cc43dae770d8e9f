"""Accounts from a table people keep in Excel: read, judged whole, then brought in. Never: trusts a file."""
