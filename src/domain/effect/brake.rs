//! The brake: what takes access from many members at once needs somebody who confirms it.

use super::Toll;
use crate::domain::model::{Advice, Brake, Finding, FindingCode};

/// The least number of members who hold the highest priority.
const KEEPERS: usize = 2;

/// Returns why a change needs to be confirmed, unless somebody has confirmed that so many members
/// lose something.
#[must_use]
pub fn brake(rules: Brake, toll: &Toll, confirmed: Option<usize>) -> Option<Finding> {
    let losing = toll.losing.len();
    let held = match toll.highest {
        Some((priority, [before, after]))
            if after < KEEPERS && after < before && before >= KEEPERS =>
        {
            let holders = match after {
                0 => "nobody".to_owned(),
                n => format!("only {n} member"),
            };
            Some(format!("leaves {holders} with the highest priority, {priority}"))
        }
        _ => None,
    };
    match held {
        Some(words) => finding(words, losing.max(1), confirmed),
        None => unconfirmed(rules, losing, toll.of, confirmed),
    }
}

/// Returns why a change that counts itself what it takes away needs to be confirmed: one that an
/// outside service makes, for instance. `of` is the number of members it could take it from.
#[must_use]
pub fn unconfirmed(
    rules: Brake,
    losing: usize,
    of: usize,
    confirmed: Option<usize>,
) -> Option<Finding> {
    let percent = rules.percent;
    let words = rules.holds(losing, of).then(|| {
        format!("takes access from {losing} of {of} members, more than the {percent} % that may lose it at once")
    });
    finding(words?, losing, confirmed)
}

fn finding(words: String, losing: usize, confirmed: Option<usize>) -> Option<Finding> {
    if confirmed.is_some_and(|confirmed| confirmed >= losing) {
        return None;
    }
    let finding = Finding::error(FindingCode::Brake, "members", words);
    Some(finding.advise(Advice::Confirm(losing)))
}
