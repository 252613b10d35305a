"""Numbers, units and bounds, and what each number measures."""
