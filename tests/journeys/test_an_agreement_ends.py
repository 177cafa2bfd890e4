"""An administrator terminates an agreement by a form of the admin, and the API shows it, today and on a day before."""

from django.urls import reverse

from tests.forms import sent_by


def in_force(client, day):
    shown = client.see(f"agreements?in_force_on={day}&limit=200").json()["results"]
    return {one["id"] for one in shown}


def test_an_agreement_that_is_terminated_in_the_admin_is_terminated_for_all(administrator, officer):
    agreement = officer.see("agreements?in_force_on=2026-01-01").json()["results"][0]
    path = f"agreements/{agreement['id']}"
    before = officer.see(path)
    address = reverse("admin:agreements_agreement_step", args=[agreement["id"], "terminate"])
    page = reverse("admin:agreements_agreement_change", args=[agreement["id"]])
    assert address in administrator.get(page).content.decode()

    sent = administrator.post(
        address, sent_by(administrator.get(address), date="2026-03-31", text="By letter of 1 March")
    )

    assert sent.status_code == 302, sent.context["form"].errors
    after = officer.see(path, **{"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert [(act["kind"], act["date"]) for act in after.json()["acts"]][-1] == ("termination", "2026-03-31")
    assert agreement["id"] in in_force(officer, "2026-01-01")
    assert agreement["id"] not in in_force(officer, "2026-04-01")
    assert "Terminated" in administrator.get(page).content.decode()
    newest = officer.see(f"{path}/history").json()["results"][0]
    assert newest["actor"] == f"staff:{administrator.user.pk}"
    assert officer.correct(path, {"title": "X"}, **{"If-Match": before["ETag"]}).status_code == 412
