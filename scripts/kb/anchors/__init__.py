"""Ids that never die: their order, the register of all that were published, and every wording they
stood for."""
