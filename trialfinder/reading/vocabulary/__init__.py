"""What can be read: the rows of the data files, the index of their words, and what the words around them do."""
