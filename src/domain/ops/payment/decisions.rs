//! What a person decides about transactions that an import would keep aside, before any of it is
//! written.

use super::{Assign, Import, Same, Split, assign, same, split};
use crate::domain::{
    model::{Counted, Edit, Note, Subject},
    ops::{Plan, Planned, Refusal},
    records::{Overlay, Records},
};

/// A decision about one transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// It belongs to a member.
    Assign(Assign),
    /// It belongs to several members.
    Split(Split),
    /// It is of money that is known already.
    Same(Same),
}

/// The decisions so far, on top of what the import writes by itself. Each sees what those before it
/// have changed.
pub struct Decisions<'a> {
    records: &'a dyn Records,
    import: &'a Import,
    imported: Overlay<'a>,
    steps: Vec<Step<'a>>,
}

/// The records after a decision, and what to say about it.
struct Step<'a> {
    after: Overlay<'a>,
    notes: Vec<Note>,
    credits: bool,
}

impl<'a> Decisions<'a> {
    /// Starts with what the import writes by itself.
    #[must_use]
    pub fn new(records: &'a dyn Records, import: &'a Import) -> Self {
        let mut imported = Overlay::nothing(records);
        imported.add(&import.plan.change);
        Self { records, import, imported, steps: Vec::new() }
    }

    /// Takes a decision; returns what to say about it.
    ///
    /// # Errors
    /// Refuses as the verb of the decision does; then nothing is decided.
    pub fn take(&mut self, decision: Decision) -> Result<&[Note], Refusal> {
        let after = self.steps.last().map_or(&self.imported, |step| &step.after);
        let credits = !matches!(decision, Decision::Same(_));
        let Plan { change, notes } = plan(after, decision)?;
        let mut after = after.clone();
        after.add(&change);
        self.steps.push(Step { after, notes, credits });
        Ok(self.steps.last().map_or(&[], |step| &step.notes))
    }

    /// Takes the last decision back; tells whether there was one.
    pub fn take_back(&mut self) -> bool {
        self.steps.pop().is_some()
    }

    /// Returns the import with all decisions, as one change.
    #[must_use]
    pub fn plan(self) -> Plan {
        let Self { records, import, imported, steps } = self;
        let mut notes = import.plan.notes.clone();
        let count = |credits| {
            let some = steps.iter().filter(|step| step.credits == credits).count();
            u64::try_from(some).unwrap_or(u64::MAX)
        };
        let (more_credited, known) = (count(true), count(false));
        let last = steps.into_iter().fold(imported, |_, step| {
            notes.extend(step.notes);
            step.after
        });
        let mut change = last.into_change();
        // What the import would have kept aside was never written.
        change.edits.retain(|path, edit| *edit != Edit::Remove || records.exists(path));
        let totals = &import.lines.totals;
        let credited = totals.credited.lines.saturating_add(more_credited);
        let unmatched = totals.unmatched.lines.saturating_sub(more_credited.saturating_add(known));
        change.subject = subject(credited, unmatched, known);
        change.trailer.clone_from(&import.plan.change.trailer);
        Plan { change, notes }
    }
}

fn plan(records: &dyn Records, decision: Decision) -> Planned {
    match decision {
        Decision::Assign(request) => assign(records, request),
        Decision::Split(request) => split(records, request),
        Decision::Same(request) => same(records, request),
    }
}

/// Returns the subject of an import, with how many transactions were found to be known.
pub(super) fn subject(credited: u64, unmatched: u64, known: u64) -> Subject {
    let count = credited.saturating_add(unmatched).saturating_add(known);
    let known = (known > 0).then(|| Counted::new(known, "known"));
    let parts = [Counted::new(credited, "credited"), Counted::new(unmatched, "unmatched")];
    Subject::new("payment: import")
        .and(Counted::new(count, if count == 1 { "transaction" } else { "transactions" }))
        .aside(parts.into_iter().chain(known))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        check,
        model::Tag,
        ops::{
            fixture::{day, id, run, space},
            payment::{Share, Transfer, import},
        },
        payments::{
            Statement, StatementLine, StatementRow, TransactionStatus, UnmatchedReason, by_bank,
        },
        records::Catalogue,
    };

    /// Four payments of 40.00 that name nobody, and one for Ada.
    fn statement() -> Statement {
        let line = |number: u32, text: &str| StatementRow {
            number,
            content: Ok(StatementLine {
                date: day("2026-02-25"),
                amount: 4000,
                text: text.into(),
                bank_id: Some(format!("F{number}")),
                ..StatementLine::default()
            }),
        };
        let rows = vec![
            line(1, "SM0001"),
            line(2, "CLARKE"),
            line(3, "DINGLE"),
            line(4, "EVANS"),
            line(5, "FORD"),
        ];
        Statement { name: "february".into(), rows, ..Statement::default() }
    }

    fn imported(all: &Catalogue) -> (Import, Vec<Tag>) {
        let import = import(all, &[statement()], day("2026-03-02")).unwrap();
        let waiting = import.lines.outcomes.iter().filter_map(|it| match &it.status {
            TransactionStatus::Unmatched(UnmatchedReason::NoReference) => it.id.clone(),
            _ => None,
        });
        let waiting = waiting.collect();
        (import, waiting)
    }

    /// What is decided about a transaction: nothing, all to a member, half to each, or that it is
    /// the same money as Ada's.
    fn decision(what: u8, name: &Tag) -> Option<Decision> {
        let (year, name) = (2026, name.clone());
        let share = |member| Share { member: id(member), amount: 2000, months: None };
        Some(match what {
            0 => return None,
            3 => Decision::Split(Split {
                transfer: Transfer::Unmatched(year, name),
                shares: vec![share(1), share(2)],
            }),
            4 => Decision::Same(Same { year, id: name, other: Some(by_bank(None, "F1")) }),
            member => Decision::Assign(Assign {
                year,
                id: name,
                member: id(member.into()),
                months: None,
                remember: None,
            }),
        })
    }

    #[test]
    fn a_decision_that_is_refused_decides_nothing() {
        let all = space();
        let (import, waiting) = imported(&all);
        let mut decisions = Decisions::new(&all, &import);
        assert!(decisions.take(decision(9, &waiting[0]).unwrap()).is_err(), "nobody");
        assert!(!decisions.take_back());
        let first = decisions.take(decision(1, &waiting[0]).unwrap()).unwrap();
        let told = first[0].in_words(|_| String::new());
        assert_eq!(told, "0001 Ada Lovelace has paid until 2026-06-25", "after the import");
        assert!(decisions.take(decision(2, &waiting[0]).unwrap()).is_err(), "decided already");
        decisions.take(decision(2, &waiting[1]).unwrap()).unwrap();
        assert!(decisions.take_back());
        let plan = decisions.plan();
        assert_eq!(plan.change.subject, "payment: import 5 transactions (2 credited, 3 unmatched)");
        assert!(check::change(&plan.change, &all).is_empty());
    }

    proptest! {
        /// One commit, or an import and then a commit for each decision: the records are the same.
        #[test]
        fn deciding_at_once_is_deciding_later(
            what in prop::collection::vec(0_u8..5, 4), back in 0_usize..3,
        ) {
            let mut one_by_one = space();
            let (import, waiting) = imported(&one_by_one);
            let before = one_by_one.clone();
            let mut decisions = Decisions::new(&before, &import);
            let mut taken: Vec<Decision> =
                waiting.iter().zip(&what).filter_map(|(name, what)| decision(*what, name)).collect();
            for it in &taken {
                decisions.take(it.clone()).unwrap();
            }
            for _ in 0..back {
                prop_assert_eq!(decisions.take_back(), taken.pop().is_some());
            }
            let plan = decisions.plan();
            let mut at_once = before.clone();
            at_once.apply(&plan.change);
            run(&mut one_by_one, |_| Ok(import.plan.clone()));
            for it in taken {
                run(&mut one_by_one, |all| super::plan(all, it));
            }
            let records = |all: &Catalogue| -> Vec<_> {
                all.iter().map(|(path, record)| (path.clone(), record.clone())).collect()
            };
            prop_assert_eq!(records(&at_once), records(&one_by_one));
        }
    }
}
