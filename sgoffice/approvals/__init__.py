"""What one person proposes and another decides, with the queue of both and the rules that the database holds."""
