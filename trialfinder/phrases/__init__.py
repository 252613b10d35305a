"""Finds words in a text by the plain phrases of the data files: the phrase language and its index."""
