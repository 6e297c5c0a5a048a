"""Turn finished HTML into PDF bytes with WeasyPrint; the same input gives the same bytes."""

import logging
from functools import lru_cache
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from portal.pdf import fonts
from portal.pdf.fetcher import ClosedFetcher

HERE = Path(__file__).resolve().parent
STYLES = ("page.css", "form.css", "report.css", "certificate.css")
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)


class Press:
    """Fonts and style sheets, read once and used for every document."""

    def __init__(self, static: Path, font_folder: Path) -> None:
        self.folders = {"portal-static": static, "portal-font": font_folder}
        self.fonts = FontConfiguration()
        rules = fonts.faces(font_folder) + "".join(
            (HERE / "styles" / name).read_text(encoding="utf-8") for name in STYLES
        ).replace("var(--stack)", fonts.STACK)
        self.sheet = CSS(string=rules, font_config=self.fonts, url_fetcher=ClosedFetcher(self.folders))

    def pdf(self, html: str) -> tuple[bytes, list[str]]:
        """The document, and the addresses that were refused."""
        fetcher = ClosedFetcher(self.folders)
        document = HTML(string=html, url_fetcher=fetcher)
        made = document.write_pdf(
            stylesheets=[self.sheet], font_config=self.fonts, pdf_identifier=True, pdf_tags=False, cache={}
        )
        return made, fetcher.refused


@lru_cache(maxsize=1)
def press(static: Path, font_folder: Path) -> Press:
    """The press of this process."""
    return Press(static, font_folder)
