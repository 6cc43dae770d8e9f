"""The citizens' pages (`/cong/`): send, follow, published results, help. Never: shows a page of the house."""
