//! Tells which recorded payments the bank has taken back, and what to do about it.

use crate::domain::{
    model::{Advice, Note, advice::Listed},
    money::Currency,
    ops::look_up,
    payments::{ImportPlan, LineKind, LineOutcome},
    records::Records,
};

/// Returns a note about each line that takes a member's money back.
pub(super) fn notes(
    records: &dyn Records,
    plan: &ImportPlan,
    currency: &Currency,
) -> impl Iterator<Item = Note> {
    plan.outcomes.iter().filter_map(|outcome| note(records, outcome, currency))
}

fn note(records: &dyn Records, outcome: &LineOutcome, currency: &Currency) -> Option<Note> {
    let (line, taken) = (outcome.line.as_ref()?, outcome.takes_back.as_ref()?);
    let amount = if let LineKind::Return(Some(part)) = line.kind { part } else { line.amount };
    let sum = currency.amount(amount.saturating_abs());
    let (who, on) = (look_up::who(records, taken.member), line.date);
    let what = if line.amount < 0 {
        format!("{sum} of {who} went back on {on}")
    } else {
        format!("{sum} of {who} was corrected by the bank on {on}")
    };
    match (&taken.payment, taken.recorded) {
        (Some((_, paid)), Some(day)) => {
            let note = format!(
                "{what}, probably the payment of {paid} that is recorded as returned on {day}"
            );
            Some(note.into())
        }
        (Some((payment, paid)), None) => {
            let what = format!("{what}, probably the payment of {paid}");
            Some(Note::new(what, Advice::ReversePayment { payment: payment.clone(), on }))
        }
        (None, _) if line.amount < 0 => {
            let what = format!("{what}, but no payment of theirs has that amount");
            Some(Note::new(what, Advice::List(Listed::Payments)))
        }
        // What is corrected is not credited to anybody.
        (None, _) => None,
    }
}
