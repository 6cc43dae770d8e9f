"""Map layers, one file per kind: a pure function from an Answer to MapLibre layers over shapes fetched by address.

Never: reads shapes (the element fetches them from /map/shapes/…); computes a value.
"""
