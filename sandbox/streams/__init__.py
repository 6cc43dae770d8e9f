"""The streams of the sandbox province: one module per department's system, found by listing the folder.

A module has NAME, SOURCES (keys of the sources it feeds), `history(world, since, until, folder)`,
`tick(world, since, until, out)` and, where it answers over HTTP, `routes(world)`. What a day brings is a *plan*: a pure
function of the world's seed and the day, so history and the running clock tell the same story.
Modules beginning with `_` are shared. Never: knows anything of the centre that reads it.
"""
