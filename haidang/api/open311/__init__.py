"""The door of Open311 GeoReport v2: `/open311/v2/…`, XML and JSON. Never: decides what may be seen (cases does)."""
