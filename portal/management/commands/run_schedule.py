"""The schedule as a program of its own."""

from django.core.management.base import BaseCommand

from portal import schedule


class Command(BaseCommand):
    help = "Enqueue what is due until stopped. A second schedule waits and takes over when the first is gone."

    def handle(self, *args: object, **options: object) -> None:
        schedule.run()
