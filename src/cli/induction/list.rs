//! `space induction list`: lists who was shown how to use what, and by whom.

use crate::{
    app::{look_up, view::InductionView},
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::model::MemberFolder,
};

/// The arguments of `space induction list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only inductions of this member
    #[arg(value_name = "MEMBER", conflicts_with = "of", add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// The same
    #[arg(long = "member", short = 'm', value_name = "MEMBER", add = crate::cli::input::completion::members())]
    of: Option<String>,

    /// Only inductions to this facility
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// Only inductors
    #[arg(long)]
    inductors: bool,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists inductions.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let facility =
        args.facility.as_deref().map(|name| look_up::facility(&space.head, name)).transpose()?;
    let folders: Vec<MemberFolder> = match args.member.as_ref().or(args.of.as_ref()) {
        Some(text) => {
            space.head.member(look_up::member_id(&space.head, text)?).0.into_iter().collect()
        }
        None => {
            let _progress = Progress::new("reading inductions");
            space.head.roster().members().cloned().collect()
        }
    };
    let mut rows = Vec::new();
    for folder in folders {
        let name = folder.member.get().map_or_else(|| "(unreadable)".into(), |m| m.name.clone());
        for (to, induction) in folder.inductions {
            if facility.as_ref().is_some_and(|(name, _)| *name != to)
                || (args.inductors && !induction.inductor)
            {
                continue;
            }
            rows.push(InductionView {
                facility: to,
                member: folder.id,
                name: name.clone(),
                on: induction.on,
                by: induction.by,
                inductor: induction.inductor,
            });
        }
    }
    rows.sort_by(|a, b| (&a.facility, a.member).cmp(&(&b.facility, b.member)));
    ctx.list(args.form, &rows)
}
