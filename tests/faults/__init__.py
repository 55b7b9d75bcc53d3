"""Runs that end in the middle: killed, or out of disk. What is published stays whole."""
