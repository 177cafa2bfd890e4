"""The engagement log over HTTP: documents, shapes, filters and addresses."""
