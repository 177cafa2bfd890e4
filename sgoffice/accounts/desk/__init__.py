"""The desk's page of the reader: who they are, and the calendars that read for them."""
