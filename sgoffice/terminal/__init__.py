"""`sgo`, a client for people with a terminal: it knows the API's document and nothing else of the register."""
