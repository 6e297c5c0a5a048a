"""What a PDF may load: `data:`, and files of two known folders under schemes of our own. Everything else is refused."""

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse


class ClosedFetcher(URLFetcher):
    """Refuses every address that could leave the process (H04); `refused` keeps what was asked for.

    `portal-static:portal/logo.svg` and `portal-font:PortalSans-Bold.ttf` are files below the folders given.
    """

    def __init__(self, folders: dict[str, Path]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.folders = {scheme: folder.resolve() for scheme, folder in folders.items()}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, rest = url.partition(":")
        if scheme.lower() == "data":
            return super().fetch(url, headers)
        if scheme in self.folders:
            path = self._inside(self.folders[scheme], rest)
            if path:
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        self.refused.append(url[:200])
        raise ValueError("a PDF loads nothing from outside")

    @staticmethod
    def _inside(folder: Path, rest: str) -> Path | None:
        """The file below `folder`, or None: also for `..`, absolute paths and links that lead out."""
        name = unquote(urlsplit(rest).path).lstrip("/")
        try:
            path = (folder / name).resolve()
        except (OSError, ValueError):
            return None
        return path if path.is_relative_to(folder) and path.is_file() else None
