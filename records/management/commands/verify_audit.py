"""Prove the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from records import trail
from records.models import AuditEvent


class Command(BaseCommand):
    help = (
        "Walk every hash chain of the audit trail and prove that no row was changed, removed, added or reordered. "
        "Exit code 0 when every chain holds; 1 when one is broken, naming the first bad row of each."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--chain", help="only this chain, for example product:<key>")

    def handle(self, *args: Any, **options: Any) -> None:
        names = [options["chain"]] if options["chain"] else list(trail.chains())
        breaks = [found for name in names if (found := trail.verify(name))]
        for found in breaks:
            row = f", row {found.event_id}" if found.event_id else ""
            self.stderr.write(f"{found.chain}: broken at number {found.number}{row}: {found.why}")
        if breaks:
            raise CommandError(f"{len(breaks)} of {len(names)} chains are broken.", returncode=1)
        self.stdout.write(f"{len(names)} chains hold, {AuditEvent.objects.count()} events.")
