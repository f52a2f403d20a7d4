"""The fast reader: a linear tagger that starts from the rules, its weights a table that can be read."""
