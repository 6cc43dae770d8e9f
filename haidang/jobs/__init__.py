"""Jobs: the door for the clock: the worker that claims received runs, upkeep.

Never: makes a number, decides a right, opens the store; parses, calls one face, renders.
May call it: nobody; doors never import each other (site wires them).
"""
