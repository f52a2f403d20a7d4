"""How the shipped models are made, from named data, with one command each. The program runs without this."""
