"""What `haidang demo` adds to a home.

The cast with its grants, and the packs' own files, through intake like any other.
"""
