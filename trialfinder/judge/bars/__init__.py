"""Whether what decides against a person may bar by itself: what it needs that the tree of a criterion does not hold.

``asked``: who lacks a thing is barred where it is plainly asked of everybody. ``alone``: who has one, where its clause
says nothing else. ``of_some``: nobody, where it is said of some people or together with more. ``no_heading``: which way
words mean it that stand under no heading. ``doubts`` asks them all.
"""
