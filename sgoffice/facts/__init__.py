"""The real public facts that a new register starts with, and the command that runs everything."""
