"""Files of Cases: photos, videos, call records and papers, kept under the home's `cases/`, stripped of what they tell.

Faces: `files.actions` (keep, forget), `files.reads` (who opens which). Never: shown to somebody who may not read the
Case, kept with the camera's own data (where it was taken, by which device).
"""
