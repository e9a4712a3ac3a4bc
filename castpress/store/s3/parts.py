"""The calls for objects that are put in parts."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from castpress.store.s3.bucket import bare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.publication.live import Headers
    from castpress.store.s3.bucket import Bucket
    from castpress.store.s3.slices import Slice


class PartCalls:
    """Uploads in parts to a bucket; each method raises StoreError as the bucket's do."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self._requests = bucket.requests

    def begin(self, path: str, headers: Headers, metadata: Mapping[str, str]) -> str:
        """Begin an object; the id of the upload."""

        def act() -> str:
            named = self.bucket.named(headers)
            answer = self._requests.ask(
                "create_multipart_upload", path, Metadata=dict(metadata), **named
            )
            return str(answer["UploadId"])

        return self._requests.tried(path, act)

    def put(self, path: str, upload_id: str, number: int, body: Slice, md5: bytes) -> str:
        """Put one part; its ETag."""

        def act() -> str:
            body.seek(0)
            with self._requests.bodies:
                answer = self._requests.ask(
                    "upload_part",
                    path,
                    UploadId=upload_id,
                    PartNumber=number,
                    Body=body,
                    ContentLength=len(body),
                    ContentMD5=base64.b64encode(md5).decode(),
                )
            return bare(answer["ETag"])

        return self._requests.tried(path, act)

    def there(self, path: str, upload_id: str) -> dict[int, str] | None:
        """The ETags of the parts that the store has, by number; None where it knows no upload."""

        def act() -> dict[int, str]:
            found: dict[int, str] = {}
            marker: dict[str, Any] = {}
            while True:
                answer = self._requests.ask("list_parts", path, UploadId=upload_id, **marker)
                rows = answer.get("Parts", ())
                found |= {row["PartNumber"]: bare(row["ETag"]) for row in rows}
                following = answer.get("NextPartNumberMarker")
                if not answer.get("IsTruncated") or following == marker.get("PartNumberMarker"):
                    return found
                marker = {"PartNumberMarker": following}

        return self._requests.or_none(path, act)

    def end(self, path: str, upload_id: str, etags: Mapping[int, str]) -> None:
        """Make one object of the parts."""
        rows = [{"PartNumber": number, "ETag": f'"{etags[number]}"'} for number in sorted(etags)]

        def act() -> None:
            self._requests.ask(
                "complete_multipart_upload",
                path,
                UploadId=upload_id,
                MultipartUpload={"Parts": rows},
            )

        self._requests.tried(path, act)

    def abort(self, path: str, upload_id: str) -> None:
        """Throw the parts away; an upload that is over is fine."""
        self._requests.or_none(
            path, lambda: self._requests.ask("abort_multipart_upload", path, UploadId=upload_id)
        )

    def begun(self, prefix: str = "") -> list[tuple[str, str]]:
        """Path and id of each upload that was begun and not ended, where the path begins so."""
        address = self.bucket.address
        pages = self._requests.pages(
            "list_multipart_uploads",
            prefix,
            {"NextKeyMarker": "KeyMarker", "NextUploadIdMarker": "UploadIdMarker"},
            address.key(prefix),
        )
        start = len(address.prefix)
        return [
            (row["Key"][start:], row["UploadId"])
            for page in pages
            for row in page.get("Uploads", ())
        ]
