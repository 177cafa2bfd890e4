"""The desk's pages of agreements: where one stands, who is bound, what was done and what is next."""
