"""Template tags of the centre. Never: hold a view's logic."""
