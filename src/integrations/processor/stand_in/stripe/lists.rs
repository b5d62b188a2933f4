//! Pages of lists: newest first, from a cursor in either direction.

use serde_json::{Value, json};

use crate::integrations::processor::stand_in::{
    answered::{Answered, good},
    asked::Asked,
    books::Books,
    company::paged,
};

use super::forms::missing;

/// The number of entries of a page unless another one is asked for.
const USUAL: usize = 10;

/// The most entries of a page.
const MOST: usize = 100;

/// Answers that there is nothing.
pub(super) fn empty() -> Answered {
    good(json!({ "object": "list", "data": [], "has_more": false }))
}

/// Returns a page; the objects are oldest first.
pub(super) fn page(books: &Books, asked: &Asked, kind: &str) -> Answered {
    let all = books.all(kind);
    let query = &asked.query;
    let types: Vec<&str> =
        query.0.iter().filter(|(name, _)| name == "types[]").map(|(_, it)| it.as_str()).collect();
    let fits = |it: &Value| {
        (types.is_empty() || it["type"].as_str().is_some_and(|kind| types.contains(&kind)))
            && query.get("payout").is_none_or(|payout| it["payout"] == payout)
            && (kind != "subscriptions" || it["status"] != "canceled")
    };
    let limit = query.number("limit").and_then(|it| usize::try_from(it).ok()).unwrap_or(USUAL);
    let limit = limit.clamp(1, books.page.unwrap_or(MOST));
    match paged(all, fits, query, ["starting_after", "ending_before"], limit) {
        Ok((data, has_more)) => {
            good(json!({ "object": "list", "data": data, "has_more": has_more }))
        }
        Err(id) => missing(kind, &id),
    }
}
