"""The writing face: one writer at a time (a file lock in the home; others wait), one transaction per run."""
