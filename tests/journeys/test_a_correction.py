"""An officer corrects a record that came with the register, and says why; the history tells it, field by field."""


def test_a_correction_keeps_who_what_and_why(officer):
    record = officer.see("engagements?q=yaounde&from=2009-11-05&until=2009-11-05").json()["results"][0]
    path = f"engagements/{record['id']}"
    tag = officer.see(path)["ETag"]

    unsaid = officer.correct(path, {"venue": "Palais des Congrès"})
    corrected = officer.correct(
        path, {"venue": "Palais des Congrès"}, **{"If-Match": tag, "X-Reason": "seen in the minutes of 5 November"}
    )

    assert (unsaid.status_code, corrected.status_code) == (428, 200)
    assert corrected.json()["venue"] == "Palais des Congrès"
    assert corrected.json()["version"] == record["version"] + 1
    newest = officer.see(f"{path}/history").json()["results"][0]
    assert (newest["verb"], newest["actor"]) == ("correct", f"staff:{officer.user.pk}")
    assert newest["reason"] == "seen in the minutes of 5 November"
    assert newest["changes"] == {"venue": ["", "Palais des Congrès"]}

    taken = officer.enter(f"{path}/enter-in-error", {"reason": "told of twice"}, **{"If-Match": corrected["ETag"]})
    assert taken.status_code == 200
    listed = officer.see("engagements?from=2009-11-05&until=2009-11-05").json()["results"]
    assert record["id"] not in [one["id"] for one in listed]
    back = officer.enter(f"{path}/restore", {"reason": "it was another report"}, **{"If-Match": taken["ETag"]})
    assert back.json()["is_in_error"] is False
    reasons = [one["reason"] for one in officer.see(f"{path}/history").json()["results"]][:3]
    assert reasons == ["it was another report", "told of twice", "seen in the minutes of 5 November"]
