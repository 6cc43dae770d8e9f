"""Pushes to /hooks/<source>: proved, remembered, kept. Never: lands, speaks HTTP (the door does)."""
