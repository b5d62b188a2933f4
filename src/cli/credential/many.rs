//! The options that mean many members, and what a change for many comes to, in words.

use std::{collections::BTreeSet, path::PathBuf};

use crate::{
    app::{look_up, view::counted},
    cli::{
        CliError, Context, Opened,
        input::{members, prompt},
        write::{self, WriteArgs},
    },
    domain::{model::MemberId, ops::credential::Many, records},
};

/// Up to so many members are named in a sentence.
const NAMED: usize = 8;

/// The options that mean many members.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct ManyArgs {
    /// The fobs of the members in this list: one a line, or in the first column of a table; `-` for
    /// standard input
    #[arg(long, value_name = "FILE", group = "held")]
    file: Option<PathBuf>,

    /// The fobs of all members who have not left
    #[arg(long, group = "held")]
    all: bool,

    /// With --all, only of members of this tier
    #[arg(long, value_name = "TIER", requires = "all",
          add = crate::cli::input::completion::tiers())]
    tier: Option<String>,

    /// Do it for many without asking
    #[arg(long, short)]
    pub(super) yes: bool,
}

impl ManyArgs {
    /// Returns the members, if many are meant.
    ///
    /// # Errors
    /// Fails if the list cannot be read, or names somebody who matches nobody.
    pub(super) fn members(
        &self,
        space: &Opened<'_>,
    ) -> Result<Option<BTreeSet<MemberId>>, CliError> {
        if let Some(file) = &self.file {
            let named = members::named(&space.head, &[], Some(file))?;
            return Ok(Some(named.into_iter().collect()));
        }
        if !self.all {
            return Ok(None);
        }
        let tier = self.tier.as_deref().map(|name| look_up::tier(&space.head, name)).transpose()?;
        let (tier, today) = (tier.map(|(name, _)| name), space.today()?);
        let roster = space.head.roster();
        let wanted = roster.members().filter(|folder| {
            folder.member.get().is_some_and(|member| {
                member.left.is_none_or(|left| left > today)
                    && tier.as_ref().is_none_or(|tier| member.tier == *tier)
            })
        });
        Ok(Some(wanted.map(|folder| folder.id).collect()))
    }
}

/// What is done for many, in words.
pub(super) struct Words {
    /// What becomes of one for whom it is done, for whom it is so already, and who is left out.
    pub outcomes: [&'static str; 3],
    /// The question, which goes on with how many they are.
    pub question: &'static str,
    /// What `--yes` does, and what was not done without it.
    pub done: [&'static str; 2],
}

/// Says what a change for many comes to, asks, and carries it out.
///
/// # Errors
/// Fails if somebody says no, if there is nobody to ask, or if checks find errors.
pub(super) fn carry_out(
    ctx: &Context,
    space: &Opened<'_>,
    many: Many,
    (words, yes): (&Words, bool),
    args: &WriteArgs,
) -> Result<(), CliError> {
    tell(ctx, space, &many, words.outcomes)?;
    if !yes && !args.dry_run {
        let count = u64::try_from(many.done.len()).unwrap_or(u64::MAX);
        let question = format!("{} {}", words.question, counted(count, "member"));
        let [does, not_done] = words.done;
        prompt::require_confirmation(&question, does, not_done)?;
    }
    write::carry_out(ctx, space, many.plan, args)
}

fn tell(
    ctx: &Context,
    space: &Opened<'_>,
    many: &Many,
    [does, had, out]: [&str; 3],
) -> Result<(), CliError> {
    let left_out: Vec<MemberId> = many.left_out.iter().map(|(id, _)| *id).collect();
    for (what, who) in [(does, &many.done), (had, &many.had), (out, &left_out)] {
        if !who.is_empty() {
            let count = counted(u64::try_from(who.len()).unwrap_or(u64::MAX), "member");
            let verb = if who.len() == 1 { what.to_owned() } else { plural(what) };
            ctx.say(format!("{count} {verb}: {}", names(space, who)))?;
        }
    }
    Ok(())
}

fn plural(what: &str) -> String {
    let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
    let verb = match verb {
        "has" => "have",
        "does" => "do",
        "is" => "are",
        "loses" => "lose",
        _ => verb.trim_end_matches('s'),
    };
    format!("{verb} {rest}")
}

fn names(space: &Opened<'_>, members: &[MemberId]) -> String {
    let mut names: Vec<String> =
        members.iter().take(NAMED).map(|id| records::who(&space.head, *id)).collect();
    if members.len() > NAMED {
        names.push(format!("and {} more", members.len() - NAMED));
    }
    names.join(", ")
}
