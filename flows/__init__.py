"""Doors for Prefect: the same steps as the command line's, scheduled and retried."""
