"""Disclosure control: small counts are withheld, and so much beside them that nobody can work them out again.

Import from the modules: most programmes need no more than `rules`, and the others load numpy.
"""
