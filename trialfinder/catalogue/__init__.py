"""What there is to look at: opened, filtered, near a place, chosen."""
