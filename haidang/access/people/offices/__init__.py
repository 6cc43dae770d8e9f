"""Organisations and their parts, as a tree. Never: an account or a grant."""
