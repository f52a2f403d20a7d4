"""The weights of On Record's trained reader: plain data under CC BY-SA 4.0. See CARD.md and CREDITS.md."""
