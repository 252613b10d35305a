"""The words of an item as a sentence: and, or, if, unless, except, lists, brackets, causes."""
