"""A project that takes down what it is asked: so it is known what was made from what.

In: a project. Out: the same project (`project`), whose every part notes the question and hands on the answer
of the real one; and whether another project answers them all alike (`questions`). What is made of a page or a
book is made from such a project only. Refuses nothing.
"""
