"""The centre's own ledger as a source: how complete, correct, clean, alive and consistent the data are, and who looks.

`actions.refresh` opens Runs of kind `derived` with the rows that changed; `kinds` says which kinds of rows there
are, and lets a room above add one (`register`); `by_source` and `by_place` make theirs from runs, rows set aside and
deliveries owed. Never: lands a row past the gate, keeps a person's name.
"""
