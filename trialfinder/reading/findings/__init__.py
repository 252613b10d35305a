"""What is found in an item by its words, and what the words around a thing make of it."""
