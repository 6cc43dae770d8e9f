"""Asking for rights and answering: own requests, those of one's people, who may answer. Never: gives unasked."""
