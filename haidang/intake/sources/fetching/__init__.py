"""One run of a source at a time: the lease, the asking, what came, how it ended. Never: lands, decides who may."""
