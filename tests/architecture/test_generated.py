"""What can be made from the code is never behind the code: migrations and documents."""

from io import StringIO

from django.core.management import call_command


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_the_generated_documents_are_current(db: None) -> None:
    call_command("describe", "--check", stdout=StringIO())
