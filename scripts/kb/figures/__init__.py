"""Figures by value: the numbers that a text names, whatever they are written with, and where two texts differ
in them."""

from kb.figures.compared import Difference, differences
from kb.figures.found import figures
from kb.figures.values import Figure

__all__ = ["Difference", "Figure", "differences", "figures"]
