"""Search that finds what is there: a static index of every paragraph, heading and term."""
