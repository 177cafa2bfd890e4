"""Published documents and the streams that tell partners of them.

Stands on the database alone and knows neither records nor partners: entries and streams are ids here. `writing` is for
sgoffice.records.publications and sgoffice.partners, `reading` for sgoffice.partners; nobody else touches the feed.
"""
