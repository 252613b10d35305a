"""The tree of a criterion: its nodes, and how lists join them."""
