"""What plays the citizens and the providers of the desk; all of it is simulated. Never: imports the centre."""
