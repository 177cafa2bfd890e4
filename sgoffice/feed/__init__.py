"""Published documents, and the streams in which partners find them.

Depends only on the database and knows neither records nor partners: entries and streams are ids here. `storage` is for
sgoffice.documents.publications and sgoffice.partners, `queries` for sgoffice.partners; nobody else uses the feed.
"""
