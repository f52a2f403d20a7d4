"""Documentation that cannot drift: `python -m docs.make` writes it, `--check` fails where it would change."""
