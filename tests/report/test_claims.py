"""Figures know where they come from."""

from urllib.parse import quote

from gwr.report.claims import COLLECTION, load_context


def test_a_fact_of_context_leads_to_its_page_or_to_its_text_in_the_collection() -> None:
    page, text = load_context()["x001"], load_context()["x008"]
    assert page.href.startswith("https://russianwiki.com/wiki/")
    assert text.row["source"].endswith("2021.md") and text.href == COLLECTION + quote(text.row["source"])
    assert f"{page}" == "411,819" and page.id == "x001"
