//! The answer for one member and one facility, for a person or a program.

use jiff::Timestamp;
use serde::Serialize;

use super::steps::Step;
use crate::{
    cli::{CliError, Context},
    domain::model::{AccessResult, CommitId, MemberId, Reason, Slug, Subject},
};

/// Whether a member may open a facility, and everything that led to it.
#[derive(Serialize)]
pub(super) struct Answer {
    pub(super) member: MemberId,
    pub(super) facility: Slug,
    pub(super) at: Timestamp,
    pub(super) commit: CommitId,
    /// How it is known that this commit was in force then; `None` if the question is not about the
    /// past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) evidence: Option<&'static str>,
    pub(super) result: AccessResult,
    pub(super) reason: Option<Reason>,
    pub(super) priority: Option<i32>,
    pub(super) required: Option<i32>,
    pub(super) held: bool,
    pub(super) steps: Vec<Step>,
    pub(super) changes: Vec<DecidingCommit>,
}

/// A commit that the answer depends on.
#[derive(Serialize)]
pub(super) struct DecidingCommit {
    pub(super) commit: CommitId,
    pub(super) time: Timestamp,
    pub(super) author: String,
    pub(super) subject: Subject,
    /// The same for programs: with the ids of the messages that led to it, if any did.
    pub(super) change: Option<String>,
    /// The same in words, with names.
    #[serde(skip)]
    pub(super) what: String,
    #[serde(skip)]
    pub(super) when: String,
}

impl Answer {
    /// Shows the answer to a person.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub(super) fn print(&self, ctx: &Context, name: &str) -> Result<(), CliError> {
        use anstyle::AnsiColor::{Green, Red};
        let colour = if self.result == AccessResult::Denied { Red } else { Green };
        let style = colour.on_default().bold();
        let why = self.reason.map_or("has no credential", Reason::words);
        ctx.say(format!(
            "{style}{}{style:#} {} {name} at {}: {why}",
            self.result, self.member, self.facility
        ))?;
        if self.held {
            ctx.say("  the facility is held unlocked: nobody needs a credential")?;
        }
        for step in &self.steps {
            let (mark, style) = match step.holds {
                Some(true) => ("yes", Green.on_default()),
                Some(false) => ("no ", Red.on_default()),
                None => ("-  ", anstyle::Style::new().dimmed()),
            };
            ctx.say(format!("  {style}{mark}{style:#} {}", step.text))?;
        }
        for change in &self.changes {
            ctx.say(format!(
                "  {} {} {}, {}",
                change.commit.short(),
                change.when,
                change.author,
                change.what
            ))?;
        }
        Ok(())
    }
}
