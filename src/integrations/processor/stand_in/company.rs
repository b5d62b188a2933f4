//! What each of the companies does that are stood in for.

use std::fmt;

use axum::body::Body;
use hyper::Response;
use jiff::Timestamp;
use serde_json::Value;

use super::{
    answered::Answered,
    asked::{Asked, Fields},
    books::Books,
};

/// A company that is stood in for. All that it knows is in its books.
pub(super) trait Company: fmt::Debug + Sync {
    /// Returns the name.
    fn name(&self) -> &'static str;

    /// Tells whether a path is of the interface for programs, rather than of the pages for browsers.
    fn is_for_programs(&self, path: &str) -> bool;

    /// Answers a program.
    fn answer(&self, books: &mut Books, asked: &Asked) -> Answered;

    /// Answers a browser.
    fn page(&self, books: &mut Books, asked: &Asked) -> Response<Body>;

    /// Returns the answer to a request that goes wrong.
    fn failure(&self, status: u16, code: &str, message: &str) -> Answered;

    /// Returns the answer that a list is empty.
    fn empty(&self, path: &str) -> Answered;

    /// Returns the kind of the objects of a list.
    fn kind_of<'p>(&self, path: &'p str) -> &'p str;

    /// Lets time pass until a moment.
    fn advance(&self, books: &mut Books, to: Timestamp);

    /// Does on a page what a member would do there; returns whether there is such a page.
    fn pay(&self, books: &mut Books, page: &str) -> bool;

    /// Makes a customer by hand.
    fn customer(&self, books: &mut Books, name: &str, email: &str) -> String;

    /// Takes money by hand, at once.
    fn charge(&self, books: &mut Books, customer: &str, amount: i64, currency: &str);

    /// Gives money back; returns whether that could be.
    fn refund(&self, books: &mut Books, payment: &str, amount: Option<i64>) -> bool;

    /// Lets the payer take a payment back.
    fn dispute(&self, books: &mut Books, payment: &str);

    /// Decides that for the space.
    fn win(&self, books: &mut Books, payment: &str);

    /// Fails to take money.
    fn decline(&self, books: &mut Books, customer: &str, why: &str);

    /// Pays out what has arrived and was not paid out yet; returns the amount, if there is any.
    fn pay_out(&self, books: &mut Books) -> Option<i64>;

    /// Lets the bank send the last payout back; returns whether that is told, and there was one.
    fn bounce(&self, books: &mut Books, why: &str) -> bool;

    /// Lets a bank say that there was no money for a payment that had arrived; returns whether that
    /// happens there.
    fn fail_late(&self, books: &mut Books, payment: &str) -> bool;

    /// Returns the kind of the objects that stand for money that was taken.
    fn payments(&self) -> &'static str;

    /// Returns what was taken of whom, or is on its way.
    fn taken(&self, books: &mut Books) -> Vec<(String, i64)>;

    /// Returns what is taken from whom each month, as far as it goes on.
    fn going_on(&self, books: &mut Books) -> Vec<(String, i64)>;

    /// Returns the bodies of webhooks that tell of events.
    fn webhooks(&self, events: &[Value]) -> Vec<Value>;

    /// Returns the headers with which a busy company says when to ask again.
    fn wait(&self, now: Timestamp, seconds: u32) -> Vec<(&'static str, String)>;
}

/// Returns the newest entries of a list first, from a cursor in either direction; and whether there are
/// more in that direction. The cursor counts by where it is among all, whether it fits or not.
///
/// # Errors
/// Returns the cursor that is not there.
pub(super) fn paged<'b>(
    all: &'b [Value],
    fits: impl Fn(&Value) -> bool,
    query: &Fields,
    [older_than, newer_than]: [&str; 2],
    limit: usize,
) -> Result<(Vec<&'b Value>, bool), String> {
    let at = |id: &str| all.iter().rposition(|it| it["id"] == id).ok_or_else(|| id.to_owned());
    let after = query.get(older_than).map(at).transpose()?;
    let before = query.get(newer_than).map(at).transpose()?;
    let newest = all.iter().enumerate().rev().filter(|(_, it)| fits(it));
    if let Some(before) = before {
        let newer: Vec<&Value> = newest.filter(|(at, _)| *at > before).map(|(_, it)| it).collect();
        let more = newer.len().saturating_sub(limit);
        return Ok((newer[more..].to_vec(), more > 0));
    }
    let older = newest.filter(|(at, _)| after.is_none_or(|after| *at < after));
    let mut older: Vec<&Value> = older.map(|(_, it)| it).take(limit + 1).collect();
    let has_more = older.len() > limit;
    older.truncate(limit);
    Ok((older, has_more))
}
