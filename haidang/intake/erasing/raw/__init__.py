"""The bytes as they came, of what was emptied or refused. Never: touches the lake."""
