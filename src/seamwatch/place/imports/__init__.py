"""Readers of place lists, one module a kind, and the import that streams them into the user's gazetteer."""
