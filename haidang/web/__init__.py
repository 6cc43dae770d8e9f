"""Web: the door for people. Pages rendered on the server, htmx swaps, custom elements for behaviour.

Never: makes a number, decides a right, opens the store; parses, calls one face, renders.
May call it: nobody; doors never import each other (site wires them).
"""
