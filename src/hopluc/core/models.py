"""What every app needs: files that were received, each kept once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """The bytes of a file, kept once whatever its names: the name on the disk is its SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()  # bytes
    data = models.FileField(upload_to="", max_length=100)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="core_file_sha256")]

    def __str__(self) -> str:
        return self.sha256
