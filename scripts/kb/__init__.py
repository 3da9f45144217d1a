"""Editions, anchors and collation for policy texts in Chinese and Japanese."""
