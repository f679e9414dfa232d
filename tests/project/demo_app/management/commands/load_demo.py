"""Stands in for the demonstration data, which take a while to read."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write("sign in as nobody")
