//! Finds the payment that an outgoing transaction probably takes back, such as one that bounced.

use jiff::{SignedDuration, civil::Date};

use super::{
    Books, IgnoredReason, LineKind, LineOutcome, MatchedBy, NEAR_DAYS, StatementLine, TakenBack,
    TransactionStatus, matcher::Matcher,
};
use crate::domain::model::{MemberId, Money, Tag};

/// A payment that was recorded as returned at most so many days after the bank took money back is
/// perhaps the same event.
const RECORDED_WITHIN: i64 = 45;

/// A payment of a member, recorded or credited by this import.
struct Candidate {
    name: Tag,
    date: Date,
    /// Its amount, and that of the whole transfer if it is a part of one.
    amounts: [Money; 2],
    bank_id: Option<String>,
    /// The refunds on record that no line was found for.
    returned: Vec<(Date, Money)>,
    /// Whether a line was found to take it back.
    claimed: bool,
}

/// Points out which lines take a payment back. A line that is already recorded, on the same day and
/// with the same amount, is left as it is.
pub(super) fn point_out(outcomes: &mut [LineOutcome], matcher: &Matcher<'_>, books: &dyn Books) {
    let mut lines: Vec<(usize, StatementLine, MemberId)> = Vec::new();
    for (at, outcome) in outcomes.iter_mut().enumerate() {
        let Some(line) = &outcome.line else { continue };
        let goes_back = match &outcome.status {
            TransactionStatus::Ignored(IgnoredReason::NotACredit) => line.amount < 0,
            TransactionStatus::Unmatched(_) => matches!(line.kind, LineKind::Correction(Some(_))),
            _ => false,
        };
        if !goes_back {
            continue;
        }
        let found = whose(line, matcher);
        if line.amount < 0 && (found.is_some() || line.kind.takes_back()) {
            outcome.status = TransactionStatus::Ignored(IgnoredReason::MoneyBack);
        }
        lines.extend(found.map(|member| (at, line.clone(), member)));
    }
    lines.sort_by_key(|(at, line, _)| (line.date, *at));
    let mut members: Vec<MemberId> = lines.iter().map(|(_, _, member)| *member).collect();
    members.sort_unstable();
    members.dedup();
    for id in members {
        let mut candidates = candidates(outcomes, id, books);
        let own: Vec<_> = lines.iter().filter(|(_, _, member)| *member == id).collect();
        // First what is recorded already, so that it does not claim another payment.
        let (settled, open): (Vec<_>, Vec<_>) =
            own.into_iter().partition(|(_, line, _)| claim_recorded(&mut candidates, line));
        for (at, line, _) in settled {
            if line.amount < 0 {
                outcomes[*at].status = TransactionStatus::Ignored(IgnoredReason::NotACredit);
            }
        }
        for (at, line, member) in open {
            outcomes[*at].takes_back = Some(claim(&mut candidates, line, *member));
        }
    }
}

/// Returns the member whose money it was: by the reference, or, if the bank says that money goes
/// back, by the payer.
fn whose(line: &StatementLine, matcher: &Matcher<'_>) -> Option<MemberId> {
    let (member, matched_by) = matcher.whose(line).ok()?;
    (matched_by != MatchedBy::Payer || line.kind.takes_back()).then_some(member)
}

/// Returns the payments of a member, oldest first.
fn candidates(outcomes: &[LineOutcome], member: MemberId, books: &dyn Books) -> Vec<Candidate> {
    let recorded = books.payments(member).into_iter().filter(|(_, payment)| !payment.is_opening());
    let mut all: Vec<Candidate> = recorded
        .map(|(name, payment)| Candidate {
            name,
            date: payment.date,
            amounts: [payment.amount, payment.transferred()],
            returned: payment.returned.iter().map(|it| (it.on, it.amount)).collect(),
            bank_id: payment.source,
            claimed: false,
        })
        .collect();
    for outcome in outcomes {
        let credited = matches!(outcome.status, TransactionStatus::Credited { member: id, .. } if id == member);
        if let (true, Some(line), Some(id)) = (credited, &outcome.line, &outcome.id)
            && let Ok(name) = format!("{}-{id}", line.date).parse()
        {
            let bank_id = line.bank_id.clone();
            let (date, amounts) = (line.date, [line.amount; 2]);
            let (returned, claimed) = (Vec::new(), false);
            all.push(Candidate { name, date, amounts, bank_id, returned, claimed });
        }
    }
    all.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    all
}

/// Returns the amounts that a line may take back; a return may have the bank's fee on top.
fn amounts(line: &StatementLine) -> Vec<Money> {
    let part = if let LineKind::Return(part) = line.kind { part } else { None };
    part.into_iter().chain([line.amount.saturating_abs()]).collect()
}

/// Tells whether a payment, or a part of it, is recorded as returned on the day of a line. Each
/// refund stands for one line.
fn claim_recorded(candidates: &mut [Candidate], line: &StatementLine) -> bool {
    let amounts = amounts(line);
    let same = |(on, amount): &(Date, Money)| *on == line.date && amounts.contains(amount);
    for candidate in candidates {
        if let Some(at) = candidate.returned.iter().position(same) {
            candidate.returned.remove(at);
            candidate.claimed = true;
            return true;
        }
    }
    false
}

/// Finds the newest payment that a line may take back: one that was not returned, else one whose
/// return was recorded about then, else one that another export booked a little later.
fn claim(candidates: &mut [Candidate], line: &StatementLine, member: MemberId) -> TakenBack {
    let amounts = amounts(line);
    let corrected = if let LineKind::Correction(id) = &line.kind { id.as_ref() } else { None };
    let about_then = |on: Date| {
        let latest = line.date.saturating_add(SignedDuration::from_hours(24 * RECORDED_WITHIN));
        (line.date..=latest).contains(&on)
    };
    let fits = |it: &Candidate| {
        let this = match corrected {
            Some(_) => it.bank_id.as_ref() == corrected,
            None => it.amounts.iter().any(|it| amounts.contains(it)),
        };
        this && !it.claimed
    };
    let is_before = |it: &Candidate| corrected.is_some() || it.date <= line.date;
    let is_soon = |it: &Candidate| {
        it.date.duration_since(line.date) <= SignedDuration::from_hours(24 * NEAR_DAYS)
    };
    let is_open = |it: &Candidate| it.returned.is_empty();
    let recorded_then =
        |it: &Candidate| it.returned.iter().map(|(on, _)| *on).find(|on| about_then(*on));
    let newest = |wanted: &dyn Fn(&Candidate) -> bool| {
        candidates.iter().rposition(|it| fits(it) && wanted(it))
    };
    let found = newest(&|it| is_before(it) && is_open(it))
        .or_else(|| newest(&|it| is_before(it) && recorded_then(it).is_some()))
        .or_else(|| {
            let later = |it: &Candidate| !is_before(it) && is_soon(it) && is_open(it);
            candidates.iter().position(|it| fits(it) && later(it))
        });
    let found = found.and_then(|at| candidates.get_mut(at));
    let recorded = found.as_ref().and_then(|it| recorded_then(it));
    let payment = found.map(|it| {
        it.claimed = true;
        (it.name.clone(), it.date)
    });
    TakenBack { member, payment, recorded }
}
