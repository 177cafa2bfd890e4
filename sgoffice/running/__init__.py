"""Runs the register: the commands `start`, `work` and `load_facts`, the web server and the background tasks."""
