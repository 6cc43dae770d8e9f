"""The endpoints: every module has a `router`."""
