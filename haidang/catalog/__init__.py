"""Catalog: reads packs and the register of places, and proves them sound.

Holds: the declared nouns (Pack, Source, Dataset, Indicator, Board, Rule) and their strict reader.
Pure: files in, nouns out.
Never: opens a database, makes a number, knows a domain.
May call it: every room above, by `catalog.declared` and `catalog.places`.
"""
