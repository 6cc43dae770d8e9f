"""What the desk is offered for a report: its category, its unit, whether it is urgent, where it is, what it repeats.

Every offer says why. Face: `suggest.reads`. Measured in docs/help.md.
Never: changes a Case, names one the actor may not see, learns from what a person sent beyond their cleaned words.
"""
