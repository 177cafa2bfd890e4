"""Published documents and the streams that tell partners of them.

Stands on the database alone and knows neither records nor partners: entries and streams are ids here. `storage` is for
sgoffice.documents.publications and sgoffice.partners, `queries` for sgoffice.partners; nobody else touches the feed.
"""
