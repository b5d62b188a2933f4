//! Pages of lists: newest first, from a cursor in either direction.

use serde_json::{Value, json};

use super::{
    answered::{Answered, good, missing},
    asked::Asked,
};

/// The number of entries of a page unless another one is asked for.
const USUAL: usize = 10;

/// The most entries of a page.
const MOST: usize = 100;

/// Answers that there is nothing.
pub(super) fn empty() -> Answered {
    good(json!({ "object": "list", "data": [], "has_more": false }))
}

/// Returns a page; the objects are oldest first.
pub(super) fn page(all: &[Value], asked: &Asked, kind: &str) -> Answered {
    let query = &asked.query;
    let types: Vec<&str> =
        query.0.iter().filter(|(name, _)| name == "types[]").map(|(_, it)| it.as_str()).collect();
    let fits = |it: &&Value| {
        (types.is_empty() || it["type"].as_str().is_some_and(|kind| types.contains(&kind)))
            && query.get("payout").is_none_or(|payout| it["payout"] == payout)
            && (kind != "subscriptions" || it["status"] != "canceled")
    };
    let newest: Vec<&Value> = all.iter().rev().filter(fits).collect();
    let limit = query.number("limit").and_then(|it| usize::try_from(it).ok()).unwrap_or(USUAL);
    let limit = limit.clamp(1, MOST);
    let place = |name: &str| match query.get(name) {
        // A cursor counts by where it is among all, whether it fits or not.
        Some(id) => match all.iter().rposition(|it| it["id"] == id) {
            Some(at) => Ok(Some(at)),
            None => Err(missing(kind, id)),
        },
        None => Ok(None),
    };
    let at = |it: &Value| all.iter().position(|other| other["id"] == it["id"]);
    let (after, before) = match (place("starting_after"), place("ending_before")) {
        (Err(missing), _) | (_, Err(missing)) => return missing,
        (Ok(after), Ok(before)) => (after, before),
    };
    let (data, has_more) = if let Some(before) = before {
        let newer: Vec<&Value> =
            newest.into_iter().filter(|it| at(it).is_some_and(|at| at > before)).collect();
        let more = newer.len().saturating_sub(limit);
        (newer[more..].to_vec(), more > 0)
    } else {
        let older = newest.into_iter().filter(|it| after.is_none_or(|after| at(it) < Some(after)));
        let mut older: Vec<&Value> = older.take(limit + 1).collect();
        let has_more = older.len() > limit;
        older.truncate(limit);
        (older, has_more)
    };
    good(json!({ "object": "list", "data": data, "has_more": has_more }))
}
