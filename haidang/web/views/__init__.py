"""Views: each parses the request, calls one face, renders. Never: compute, decide a right, write."""
