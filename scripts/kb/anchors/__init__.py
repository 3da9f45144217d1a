"""Ids that never die: their order, the register of all that were published, their numbers on
the page."""
