"""The rows of every table, their declared columns, and the forms in which they leave: frames, files, cards."""
