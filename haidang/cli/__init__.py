"""Cli: the terminal door, the command `haidang`.

Never: makes a number, decides a right, opens the store; parses, calls one face, renders.
May call it: nobody; doors never import each other (site wires them).
"""
