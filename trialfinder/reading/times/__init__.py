"""Windows and durations: "within 6 months", "for at least 2 years", and whose time it is."""
