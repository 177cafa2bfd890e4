"""The desk's page of one's own reminders."""
