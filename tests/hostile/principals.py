"""Makes the callers in a register that is being served; prints their tokens as JSON. Run as a program of its own."""

import json
import os
import sys

import django


def tokens() -> dict[str, str]:
    from django.utils import timezone

    from sgoffice.accounts.services import issue_token
    from tests.factories.accounts import staff
    from tests.factories.partners import Puller, partner

    found = {role: issue_token(staff(role), name="proof", at=timezone.now()) for role in ("officer", "approver")}
    return found | {"partner": Puller(partner()).token}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "sgoffice.settings"
    django.setup()
    sys.stdout.write(json.dumps(tokens()))
