"""Say whether a file is a document that was sealed here."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from records.seals import verdicts
from records.seals.checking import check


class Command(BaseCommand):
    help = (
        "Say whether FILE is a document sealed here, byte by byte, and whether it still stands; its signature is checked "
        "as well, against the certificate it was sealed with. Exit code 0 when it is genuine, in force or not; "
        "1 when it is unknown or altered, or cannot be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                verdict = verdicts.of_file(file)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.", returncode=1) from error
        if verdict.seal is None:
            raise CommandError(f"{options['file']}: {verdict.answer.label}.", returncode=1)
        seal, standing = verdict.seal, verdict.standing
        since = f" since {standing.since}" if standing else ""
        self.stdout.write(f"{verdict.answer.label}{since}: {seal.document.number}, {seal.document.title}")
        found = check(options["file"].read_bytes(), certificates=seal.certificate, moment=seal.sealed_at)
        if not found.holds:
            raise CommandError(
                "Its bytes are those that were kept, but the signature in them does not hold.", returncode=1
            )
        self.stdout.write(
            f"Sealed {seal.sealed_at:%Y-%m-%d %H:%M} UTC by {seal.holder}, certificate {found.fingerprint}"
        )
