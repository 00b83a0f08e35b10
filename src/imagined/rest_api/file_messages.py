"""`/v1/files`: wire types and their translation."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType
from starlette.datastructures import QueryParams

from imagined.contract import errors, files
from imagined.rest_api.common_messages import seconds, seconds_or_unset


class File(msgspec.Struct, kw_only=True):
    """A stored file. Times are unix seconds; null means kept until deleted, or shared until revoked."""

    id: str
    object: Literal["file"] = "file"
    bytes: int
    created_at: int
    expires_at: int | None
    filename: str
    purpose: str = ""
    public_url: str | None = None
    public_url_expires_at: int | None = None


class FileList(msgspec.Struct, kw_only=True):
    """One page of files. `pagination_token` is null on the last one."""

    data: list[File]
    object: Literal["list"] = "list"
    has_more: bool
    pagination_token: str | None


class FileUpdate(msgspec.Struct, kw_only=True):
    """What to change; `expires_after` counts from now, in seconds, and null keeps the file until it is deleted."""

    filename: str | None = None
    expires_after: int | UnsetType | None = UNSET


class FileDeleted(msgspec.Struct, kw_only=True):
    """The file is gone."""

    id: str
    deleted: bool = True
    object: Literal["file"] = "file"


class PublicUrlRequest(msgspec.Struct, kw_only=True):
    """Lifetime of the URL in seconds, 3600 to 2592000; absent: that of the file, or without end."""

    expires_after: int | None = None


class PublicUrl(msgspec.Struct, kw_only=True):
    """A URL that needs no key."""

    public_url: str
    expires_at: int | UnsetType = UNSET


class Revoked(msgspec.Struct, kw_only=True):
    """What a revoke did; `public_url` only when there was one."""

    id: str
    revoked: bool
    public_url: str | UnsetType = UNSET


def from_file(file: files.StoredFile) -> File:
    """A file's metadata."""
    public = file.public_url
    return File(
        id=file.id,
        bytes=file.size,
        created_at=int(file.created_at),
        expires_at=seconds(file.expires_at),
        filename=file.filename,
        public_url=public.url if public else None,
        public_url_expires_at=seconds(public.expires_at) if public else None,
    )


def from_page(page: files.FilePage) -> FileList:
    """A page of files."""
    return FileList(
        data=[from_file(file) for file in page.files],
        has_more=page.next_token is not None,
        pagination_token=page.next_token,
    )


def from_public_url(public: files.PublicUrl) -> PublicUrl:
    """A created or updated public URL."""
    return PublicUrl(public_url=public.url, expires_at=seconds_or_unset(public.expires_at))


def from_revocation(revocation: files.Revocation) -> Revoked:
    """What a revoke did."""
    return Revoked(
        id=revocation.file_id,
        revoked=revocation.revoked,
        public_url=UNSET if revocation.public_url is None else revocation.public_url,
    )


def to_list_query(query: QueryParams) -> files.ListQuery:
    """The page that a query string asks for; raises `ApiError` for words it does not know."""
    limit = query.get("limit") or str(files.LIST_LIMIT)
    if not limit.removeprefix("-").isdecimal() or len(limit) > 9:
        raise errors.invalid("limit: must be an integer from 1 to 100.")
    try:
        return msgspec.convert(
            {
                "limit": int(limit),
                "order": query.get("order") or "desc",
                "sort_by": query.get("sort_by") or "created_at",
                "pagination_token": query.get("pagination_token") or None,
                "after": query.get("after") or None,
                "filter": query.get("filter") or None,
            },
            files.ListQuery,
        )
    except msgspec.ValidationError as error:
        field, allowed = (
            ("order", "asc, desc")
            if "`$.order`" in str(error)
            else (
                "sort_by",
                "created_at, filename, size",
            )
        )
        raise errors.invalid(f"{field}: must be one of {allowed}.") from None
