"""What the command line says, to whom, and with which exit code."""
