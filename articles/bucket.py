"""The archive in an S3-compatible store. Needs the extra ``s3`` (django-storages, boto3); credentials come from boto's
own environment variables, files or instance roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

from articles.exceptions import ArchiveUnavailable

# What a store answers where the object is there already, or another is writing it just now; and where it does not
# know what it was asked.
_THERE = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
_UNKNOWN = frozenset({"NotImplemented", "501", "InvalidArgument"})


class BucketStorage(S3Storage):  # type: ignore[misc]  # the package has no types
    """Objects named by the hash of their content: written if absent, replaced only where they are damaged."""

    def __init__(self, **settings: Any) -> None:
        config = Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3, "mode": "standard"},
            # Stores other than Amazon's know the address with the bucket in its path, and no newer checksums.
            s3={"addressing_style": "path" if settings.get("endpoint_url") else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**{"client_config": config, "default_acl": None, "querystring_auth": False, **settings})

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        # The name is the hash of the content: an object that is there already is the same.
        return name

    def hashes(self) -> Iterator[str]:
        """The hash of every object, in order; a thousand to a request, and none of them read."""
        prefix = f"{self.location.strip('/')}/" if self.location else ""
        pages = self.connection.meta.client.get_paginator("list_objects_v2")
        try:
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=prefix):
                for found in page.get("Contents", []):
                    yield found["Key"].rpartition("/")[2].removesuffix(".gz")
        except (BotoCoreError, ClientError) as error:
            raise ArchiveUnavailable(_explained(error)) from error

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        try:
            return ContentFile(self._body(name), name)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                raise FileNotFoundError(name) from error
            raise ArchiveUnavailable(_explained(error)) from error
        except BotoCoreError as error:
            raise ArchiveUnavailable(_explained(error)) from error

    def _save(self, name: str, content: File[bytes]) -> str:
        body = b"".join(content.chunks())
        try:
            if not self._put(name, body, IfNoneMatch="*") and self._body(name) != body:
                # What lies there is no longer what was put there.
                self._put(name, body)
        except (BotoCoreError, ClientError) as error:
            raise ArchiveUnavailable(_explained(error)) from error
        return name

    def _put(self, name: str, body: bytes, **conditions: str) -> bool:
        """Writes the object whole; False where the condition forbids it."""
        about = {"Bucket": self.bucket_name, "Key": self._normalize_name(name), "ContentType": "application/gzip"}
        try:
            self.connection.meta.client.put_object(**about, Body=body, **conditions)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if conditions and code in _UNKNOWN:
                return self._put(name, body)
            if not conditions or code not in _THERE:
                raise
            return False
        return True

    def _body(self, name: str) -> bytes:
        answer = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
        body: bytes = answer["Body"].read()
        return body


def _explained(error: Exception) -> str:
    return f"The store of the archive (ARCHIVE_URL) does not answer as it should: {error}"
