"""Reports over HTTP: as JSON, and each as one page that prints."""
