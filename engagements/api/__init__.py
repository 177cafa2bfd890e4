"""The engagement log over HTTP: documents, serializers, filters and views."""
