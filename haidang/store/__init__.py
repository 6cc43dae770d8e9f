"""Store: the only room that opens the analytical store (DuckLake; engine in process).

Holds: reading whole snapshots (`tables`), the single writer (`landing`), upkeep (compaction, backup, restore).
Never: decides who may see, judges a row, knows a pack.
May call it: `access` reads by `store.tables`; `intake` reads and writes by `store.tables`, `store.landing`,
`store.upkeep`. Nobody else.
"""
