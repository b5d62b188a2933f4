//! Compares what the records want with what a service has.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Account, Action, Found, Holding, Step, Untold, Want, Wanted, owners::owners};
use crate::domain::model::MemberId;

/// What has to be done at a service, and what a person should look at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Plan<T> {
    /// The steps, by member: what is given before what is taken away.
    pub steps: Vec<Step<T>>,
    /// The accounts of members that the records do not name yet.
    pub unrecorded: Vec<(MemberId, String)>,
    /// The members for whom nothing can be begun yet.
    pub waits: Vec<Wait>,
    /// What was done at the service by hand, and is left alone.
    pub drift: Vec<Drift>,
    /// The members from whom more is taken once they have been told of it.
    pub untold: Vec<Untold>,
}

/// A member who has an account, and for whom nothing can be begun yet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
pub struct Wait {
    /// The member.
    pub member: MemberId,
    /// The account.
    pub account: String,
    /// Why, in words; `None` if the member has to follow the link to the service.
    pub because: Option<String>,
}

/// What does not follow from the records, and what no step changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(tag = "drift", rename_all = "kebab-case")]
pub enum Drift {
    /// An account that has something, and of which nobody knows whose it is.
    Stranger {
        /// The account.
        account: String,
    },
    /// Several accounts of one member.
    Several {
        /// The member.
        member: MemberId,
        /// The accounts.
        accounts: Vec<String>,
    },
    /// One account of several members.
    Shared {
        /// The account.
        account: String,
        /// The members.
        members: Vec<MemberId>,
    },
    /// An account that the records name, and that the service does not have.
    Gone {
        /// The member.
        member: MemberId,
        /// The account.
        account: String,
    },
    /// What an account has was not made by this program.
    Unclear {
        /// The member.
        member: MemberId,
        /// The account.
        account: String,
        /// What it is, in words.
        what: String,
    },
    /// A member whose records do not say what is wanted.
    Unreadable {
        /// The member.
        member: MemberId,
    },
}

/// Plans how a service comes to have what the records want.
///
/// Nothing is taken from whom the records do not know, and a member about whom there is any doubt gets
/// no step, since nobody but a person can tell.
#[must_use]
pub fn plan<T: Clone + Eq>(wanted: &Wanted<T>, found: &Found<T>) -> Plan<T> {
    let own = owners(wanted, found);
    let mut plan = Plan {
        steps: Vec::new(),
        unrecorded: own.unrecorded,
        waits: Vec::new(),
        drift: own.drift,
        untold: Vec::new(),
    };
    for (member, want) in &wanted.members {
        let is_there = own.accounts.contains_key(member) || own.doubtful.contains(member);
        // What the service did not tell may be there.
        if !is_there && !(wanted.known.contains_key(member)) {
            let (member, because) = (*member, want.because.clone());
            plan.steps.push(Step { member, account: None, action: Action::Open, because });
        }
    }
    for (member, account) in own.accounts {
        if own.doubtful.contains(&member) {
            continue;
        }
        if wanted.unreadable.contains(&member) {
            plan.drift.push(Drift::Unreadable { member });
            continue;
        }
        compare(&mut plan, member, account, wanted);
    }
    plan.unrecorded.retain(|(member, _)| !wanted.unreadable.contains(member));
    plan.steps.sort_by_key(|step| (step.removes(), step.member));
    plan.unrecorded.sort();
    plan.drift.sort();
    plan
}

fn compare<T: Clone + Eq>(
    plan: &mut Plan<T>,
    member: MemberId,
    account: &Account<T>,
    wanted: &Wanted<T>,
) {
    let id = account.id.clone();
    let want = wanted.members.get(&member);
    let next = match &account.holds {
        Holding::Has { renews: day, .. } | Holding::Ends { on: day, .. } => *day,
        // Nothing is begun that would end before its first day.
        Holding::Nothing { soonest, .. } => want.and_then(|want| want.from).max(*soonest),
        Holding::Unclear(_) => None,
    };
    let ends = |want: &Want<T>, next: Option<Date>| {
        want.until.zip(next).is_some_and(|(until, next)| until <= next)
    };
    let because = match (want, want.and_then(|it| it.until)) {
        (Some(want), Some(until)) if ends(want, next) => format!("leaves on {until}"),
        (Some(want), _) => want.because.clone(),
        (None, _) => wanted.others.get(&member).cloned().unwrap_or_default(),
    };
    let want = want.filter(|want| !ends(want, next));
    let action = match (&account.holds, want) {
        (Holding::Unclear(what), _) => {
            plan.drift.push(Drift::Unclear { member, account: id, what: what.clone() });
            return;
        }
        (Holding::Nothing { .. } | Holding::Ends { .. }, Some(Want { hold: Some(why), .. })) => {
            plan.waits.push(Wait { member, account: id, because: Some(why.clone()) });
            return;
        }
        (Holding::Nothing { ready: false, .. }, Some(_)) => {
            plan.waits.push(Wait { member, account: id, because: None });
            return;
        }
        (Holding::Nothing { .. } | Holding::Ends { .. }, Some(want)) => {
            Action::Add { after: want.what.clone(), from: want.from }
        }
        (Holding::Has { what, .. }, Some(want)) if *what != want.what => {
            Action::Change { before: what.clone(), after: want.what.clone() }
        }
        (Holding::Has { what, .. }, None) => Action::Remove { before: what.clone() },
        (Holding::Has { .. }, Some(_)) | (Holding::Nothing { .. } | Holding::Ends { .. }, None) => {
            return;
        }
    };
    plan.steps.push(Step { member, account: Some(id), action, because });
}

impl<T> Plan<T> {
    /// Returns the members for whom something begins, or would if they followed the link.
    #[must_use]
    pub fn beginning(&self) -> Vec<MemberId> {
        let adds = self.steps.iter().filter(|step| matches!(step.action, Action::Add { .. }));
        let adds = adds.map(|step| step.member);
        adds.chain(self.waits.iter().map(|wait| wait.member)).collect()
    }

    /// Returns how many steps take something away.
    #[must_use]
    pub fn removals(&self) -> usize {
        self.steps.iter().filter(|step| step.removes()).count()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stranger { account } => {
                write!(f, "{account} has something, and the records do not say whose it is")
            }
            Self::Several { member, accounts } => {
                write!(f, "{member} has several accounts: {}", accounts.join(", "))
            }
            Self::Shared { account, members } => {
                write!(f, "{account} is the account of several members:")?;
                members.iter().try_for_each(|member| write!(f, " {member}"))
            }
            Self::Gone { member, account } => {
                write!(f, "{account}, the account of {member}, is no longer there")
            }
            Self::Unclear { member, account, what } => {
                write!(f, "{account}, the account of {member}, {what}")
            }
            Self::Unreadable { member } => {
                write!(f, "the records do not say what {member} owes")
            }
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
