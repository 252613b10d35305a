"""Names that no list can hold (scales, drugs, tests), recognised by the words around them."""
