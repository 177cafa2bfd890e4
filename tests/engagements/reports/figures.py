"""What tests of reports of figures share: a report as a client reads it, and which figures open something else."""


def read(client, name, **query):
    answer = client.get(f"/api/v1/reports/{name}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def astray(client, report):
    """Return the figures whose list has another number of records than they say."""
    found = {}
    for table in report["tables"]:
        for one in table["figures"]:
            answer = client.get(f"{one['url']}&count=capped&limit=1")
            assert answer.status_code == 200, answer.content
            if answer.json()["count"] != one["rows"]:
                found[table["name"], one["label"]] = (one["rows"], answer.json()["count"])
    return found
