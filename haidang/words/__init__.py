"""Words: the frozen nouns everything else speaks — errors, periods, places, questions, answers, scopes.

Holds: values without behaviour beyond themselves; standard library only (`sealing` apart, which knows cryptography).
Never: reads a file, a database, the clock or the environment.
May call it: every room.
"""
