"""A language model as one more reader: what is asked, and what of its answers stands in the text.

Pure: no call is made here.
"""
