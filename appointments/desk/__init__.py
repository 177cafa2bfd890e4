"""The desk's pages of posts, decisions and sessions."""
