"""What the denial of a thing reaches beyond the words that were read: a denial needs less of them than a telling."""
