//! Decides what happens to each line of some statements.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, civil::Date};

use super::{
    Batch, Books, IgnoredReason, LineKind, LineOutcome, Recorded, ReviewFlag, Statement,
    StatementLine, StatementRow, Suggestion, Totals, TransactionStatus, UnmatchedReason, identity,
    matcher::{Match, Matcher},
    money_back, payout_line,
    recognition::{Recognised, Recognition},
    twins::{Twins, closest},
};
use crate::domain::model::{Space, Tag};

/// What happens to every line, in the order of the statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportPlan {
    /// The lines.
    pub outcomes: Vec<LineOutcome>,
    /// The totals.
    pub totals: Totals,
}

/// Decides about every line. The order of the statements, and of their lines, does not matter.
#[must_use]
pub fn plan(statements: &[Statement], space: &Space, books: &dyn Books, today: Date) -> ImportPlan {
    let mut outcomes = Vec::new();
    let mut readable = Vec::new();
    for (statement, Statement { rows, .. }) in statements.iter().enumerate() {
        let ids = identities(rows, &space.currency);
        for (row, id) in rows.iter().zip(ids) {
            let (line, status) = match &row.content {
                Ok(line) => {
                    readable.push(outcomes.len());
                    (Some(line.clone()), TransactionStatus::Ignored(IgnoredReason::NotACredit))
                }
                Err(why) => {
                    (None, TransactionStatus::Ignored(IgnoredReason::Unreadable(why.clone())))
                }
            };
            let (number, flags, suggestions) = (row.number, Vec::new(), Vec::new());
            outcomes.push(LineOutcome {
                statement,
                number,
                line,
                id,
                status,
                flags,
                suggestions,
                takes_back: None,
            });
        }
    }
    // The choice between two lines with the same identity must not depend on their position.
    readable.sort_by_cached_key(|at| {
        let line = outcomes[*at].line.as_ref();
        line.map(|it| (it.date, it.amount, it.text.clone(), it.bank_id.clone(), it.account.clone()))
    });
    let mut importer = Importer {
        space,
        today,
        matcher: Matcher::new(space, books),
        recognition: Recognition::new(books, statements.len()),
        twins: Twins::new(books),
        books,
        claimed: HashSet::new(),
    };
    // All that is known comes first, so that it is nobody's twin.
    readable.retain(|at| !importer.recognise(&mut outcomes[*at]));
    for at in readable {
        importer.decide(&mut outcomes[at]);
    }
    money_back::point_out(&mut outcomes, &importer.matcher, books);
    let totals = Totals::of(&outcomes);
    ImportPlan { outcomes, totals }
}

/// Returns the identity of each line of a statement; equal lines without an id are numbered.
fn identities(rows: &[StatementRow], currency: &str) -> Vec<Option<Tag>> {
    let mut equal: HashMap<Tag, u32> = HashMap::new();
    let of = |row: &StatementRow| {
        let line = row.content.as_ref().ok()?;
        if let Some(id) = &line.bank_id {
            return Some(identity::by_bank(line.account.as_deref(), id));
        }
        // Lines that differ only in currency are numbered separately.
        let text = match line.currency.as_deref().filter(|code| *code != currency) {
            Some(other) => format!("{other} {}", line.text),
            None => line.text.clone(),
        };
        let first = identity::by_content(line.date, line.amount, &text, 0);
        let count = equal.entry(first).or_default();
        *count += 1;
        Some(identity::by_content(line.date, line.amount, &text, *count - 1))
    };
    rows.iter().map(of).collect()
}

struct Importer<'a> {
    space: &'a Space,
    today: Date,
    matcher: Matcher<'a>,
    recognition: Recognition<'a>,
    twins: Twins<'a>,
    books: &'a dyn Books,
    /// The payouts that a line was found for.
    claimed: HashSet<Tag>,
}

impl Importer<'_> {
    /// Tells whether a line is ignored or known, and says so; else gives it its identity.
    fn recognise(&mut self, outcome: &mut LineOutcome) -> bool {
        let (Some(line), Some(id)) = (&outcome.line, &outcome.id) else { return true };
        if let Some((reason, flag)) = self.ignored(line) {
            (outcome.status, outcome.flags) = (TransactionStatus::Ignored(reason), flag);
            return true;
        }
        let (status, id) = match self.recognition.recognise(line, id, outcome.statement) {
            Recognised::Known(from, id) => (TransactionStatus::Known(from), id),
            Recognised::New(id) => (outcome.status.clone(), id),
            Recognised::SameId(id) => (TransactionStatus::Unmatched(UnmatchedReason::SameId), id),
        };
        (outcome.status, outcome.id) = (status, Some(id));
        matches!(outcome.status, TransactionStatus::Known(_))
    }

    fn ignored(&self, line: &StatementLine) -> Option<(IgnoredReason, Vec<ReviewFlag>)> {
        if let Some(code) = line.currency.as_ref().filter(|code| **code != self.space.currency) {
            return Some((IgnoredReason::OtherCurrency(code.clone()), vec![ReviewFlag::Currency]));
        }
        // What we paid is kept aside only if it mentions a member.
        let outgoing = matches!(line.kind, LineKind::Debit | LineKind::Fee);
        if line.amount <= 0 || (outgoing && !self.matcher.has_reference(line)) {
            return Some((IgnoredReason::NotACredit, Vec::new()));
        }
        let is_future = line.date > self.today;
        is_future.then(|| (IgnoredReason::InTheFuture, vec![ReviewFlag::Future]))
    }

    /// Decides about a new line.
    fn decide(&mut self, outcome: &mut LineOutcome) {
        let (Some(line), Some(id)) = (&outcome.line, &outcome.id) else { return };
        if line.kind != LineKind::Plain {
            outcome.suggestions = self.suggestions(line);
            let reason = UnmatchedReason::NotIncome(line.kind.clone());
            outcome.status = TransactionStatus::Unmatched(reason);
            return;
        }
        let Match { member, result, flags } = self.matcher.find(line);
        let covered = self.recognition.covered(outcome.statement);
        let names = |text: &str| member.is_some_and(|member| self.matcher.mentions(text, member));
        let twins = self.twins.of_line(line, member, covered, &names);
        // One record is the twin of one line. Since lines come in the order of their days, the
        // oldest is of no use to later ones.
        covered.extend(twins.first().map(|it| it.id.clone()));
        let twin = closest(twins, line.date).or_else(|| self.twins.of_batch(line, member, covered));
        let same_id = TransactionStatus::Unmatched(UnmatchedReason::SameId);
        let is_nobodys = matches!(result, Err(UnmatchedReason::NoReference));
        let payout = (twin.is_none() && is_nobodys && outcome.status != same_id)
            .then(|| payout_line::find(self.books, line, &mut self.claimed))
            .flatten();
        if let Some(service) = payout {
            outcome.status = TransactionStatus::Ignored(IgnoredReason::Payout(service));
            return;
        }
        let status = match (twin, result) {
            _ if outcome.status == same_id => same_id,
            (Some(twin), _) => {
                TransactionStatus::Unmatched(UnmatchedReason::PerhapsKnown(Box::new(twin)))
            }
            _ if line.batch == Some(Batch::Whole) => {
                TransactionStatus::Unmatched(UnmatchedReason::Batch)
            }
            (None, Ok(credited)) => credited,
            (None, Err(reason)) => TransactionStatus::Unmatched(reason),
        };
        let credited =
            matches!(status, TransactionStatus::Credited { .. }).then_some(member).flatten();
        if !matches!(status, TransactionStatus::Unmatched(UnmatchedReason::PerhapsKnown(_))) {
            let (date, amount, text) = (line.date, line.amount, line.text.clone());
            let id = id.clone();
            self.twins.add(Recorded { id, member: credited, date, amount, text });
        }
        let year_ago = line.date.saturating_add(SignedDuration::from_hours(24 * 366)) < self.today;
        outcome.flags.extend(year_ago.then_some(ReviewFlag::LongAgo));
        outcome.flags.extend(flags);
        if credited.is_none() {
            outcome.suggestions = self.suggestions(line);
        }
        outcome.status = status;
    }

    fn suggestions(&self, line: &StatementLine) -> Vec<Suggestion> {
        self.matcher.suggestions(line.searched_text(), line.payer.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A payment recorded long ago is recognised only by the identity it was given then.
    #[test]
    fn equal_lines_are_counted_from_zero() {
        let day = jiff::civil::date(2026, 1, 5);
        let row = |currency: Option<&str>, bank_id: Option<&str>| StatementRow {
            number: 1,
            content: Ok(StatementLine {
                date: day,
                amount: 2000,
                currency: currency.map(str::to_owned),
                text: "SM0042".into(),
                bank_id: bank_id.map(str::to_owned),
                ..StatementLine::default()
            }),
        };
        let unread = StatementRow { number: 1, content: Err("no line".into()) };
        let rows = [
            row(None, None),
            row(Some("GBP"), None),
            row(Some("EUR"), None),
            unread,
            row(None, Some("id")),
            row(None, None),
        ];
        let by = |text, ordinal| Some(identity::by_content(day, 2000, text, ordinal));
        let expected = [
            by("SM0042", 0),
            by("SM0042", 1),
            by("EUR SM0042", 0),
            None,
            Some(identity::by_bank(None, "id")),
            by("SM0042", 2),
        ];
        assert_eq!(identities(&rows, "GBP"), expected);
    }
}
