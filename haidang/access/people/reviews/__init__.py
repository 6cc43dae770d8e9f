"""The half-yearly look through every grant of an office. Never: gives anything; a review only keeps or takes."""
