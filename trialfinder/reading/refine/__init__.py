"""Last touches on a criterion's tree: what only the words around a thing, or the whole criterion, can tell."""
