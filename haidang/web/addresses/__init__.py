"""Addresses of the door for people that are not of the boards, one module per part. Never: holds a view."""
