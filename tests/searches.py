"""Asking the search, and reading what it answers."""


def search(client, q, **parameters):
    answer = client.get("/api/v1/search", {"q": q, **parameters})
    assert answer.status_code == 200, answer.content
    return answer.json()


def found(client, q, **parameters):
    return [one["id"] for one in search(client, q, **parameters)["results"]]


def facets(answer):
    told = answer["facets"]
    return {name: {one["value"]: one["count"] for one in told[name]} for name in ("kind", "country", "year")}


def marked(hit):
    """Return each text with its matches in brackets, by kind and pointer."""
    return {
        (match["kind"], match["pointer"]): "".join(
            f"[{piece['text']}]" if piece["is_match"] else piece["text"] for piece in match["segments"]
        )
        for match in hit["matches"]
    }
