"""One study of the registry: its parts in types that can be trusted, and the reading of a raw record into them."""
