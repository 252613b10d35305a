"""A judgement in words and as rows, with the registry's own sentence."""
