"""The answer to one thing that a criterion asks of one person: met, not met or unknown."""
