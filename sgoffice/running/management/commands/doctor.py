"""`doctor`: what an operator needs to know of this installation; exit status 1 if something is to be done."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sgoffice.running import diagnosis


class Command(BaseCommand):
    help = "Look at everything that an operator needs to know of this installation, and say what is to be done."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for finding in diagnosis.findings():
            count += bool(finding.fault)
            self.stdout.write(f"{'!!' if finding.fault else 'ok'}  {finding.about}: {finding.state}")
            if finding.fault:
                self.stdout.write(f"    {finding.fault}")
        if count:
            message = f"{count} to be looked at."
            raise CommandError(message)
