"""What was read, told: in plain words, as a tree in words, as JSON."""
