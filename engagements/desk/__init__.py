"""The desk's pages of the engagement log: log a meeting, read one, say what happened."""
