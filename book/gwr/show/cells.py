"""What stands in a cell of a table or in a popup: figures and ids with links to where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from gwr.report.claims import Claim, Fact, load_claims, load_context, load_facts


def claim_link(claim: Claim) -> Markup:
    """The claim's figure as an HTML link to its passage, for table cells and popups."""
    return Markup('<a href="{}">{}</a>').format(claim.href, claim.zh)


def passage_links(claim_ids: Iterable[str]) -> Markup:
    """Links to the passages of several claims, by their ids."""
    claims = load_claims()
    return Markup(" ").join(
        Markup('<a href="{}">{}</a>').format(claims[claim_id].href, claim_id) for claim_id in claim_ids
    )


def origin_links(ids: str) -> Markup:
    """Links to where figures come from: passages for claims, pages for facts from outside the report.

    Args:
        ids: ids of claims, of facts or of facts of context, with spaces between them.

    Raises:
        KeyError: an id is neither a claim's nor a fact's.
    """
    known: dict[str, Claim | Fact] = {**load_claims(), **load_facts(), **load_context()}
    links = []
    for key in ids.split():
        href = known[key].href
        links.append(Markup('<a href="{}">{}</a>').format(href, key) if href else Markup(key))
    return Markup(" ").join(links)


def figure_cell(claims: Mapping[str, Claim], *, empty: str = "–") -> Callable[[str], Markup]:
    """A way to write a claim's id in a table: its figure, linked to its passage and kept on one line.

    Args:
        claims: all claims.
        empty: what stands where there is no id.
    """

    def write(claim_id: str) -> Markup:
        shown = claim_link(claims[claim_id]) if claim_id else empty
        return Markup('<span style="white-space:nowrap">{}</span>').format(shown)

    return write


def fact_link(fact: Fact) -> Markup:
    """A fact with its figure, or its name if it is none, as a link to its page where there is an address."""
    text = f"{fact.id} {fact.signed}" if fact.row["value"] is not None else f"{fact.id} {fact.row['indicator_en']}"
    if not fact.href.startswith("http"):
        return Markup("{}").format(text)
    return Markup('<a href="{}">{}</a>').format(fact.href, text)
