"""Channels: one module per kind of way a notice reaches a person beside the screen. Never: decides who is told."""
