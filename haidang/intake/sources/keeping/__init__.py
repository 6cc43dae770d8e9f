"""How long raw bytes and the log of tries are kept. Never: forgets what is still to be landed or mended."""
