"""One module per command of `haidang`, found by listing this folder.

Each has `arguments(parser)` and `run(options)` (giving an exit status or None); `NEEDS_HOME = False` where it needs no
tables. Help texts stand in the locale as `cli.help.<command>`. Heavy imports stay inside `run`: every command is listed
whenever one is run.
"""
