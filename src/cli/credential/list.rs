//! `space credential list`: lists who holds which credential.

use crate::{
    app::{
        look_up,
        view::{CredentialView, GrantState},
    },
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::model::MemberFolder,
};

/// The arguments of `space credential list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only the credentials of this member
    #[arg(value_name = "MEMBER", conflicts_with = "of", add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// The same
    #[arg(long = "member", short = 'm', value_name = "MEMBER", add = crate::cli::input::completion::members())]
    of: Option<String>,

    /// Only credentials that open this facility
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// Include expired credentials
    #[arg(long, short)]
    all: bool,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists credentials, a row for each grant.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let facility =
        args.facility.as_deref().map(|name| look_up::facility(&space.head, name)).transpose()?;
    let folders: Vec<MemberFolder> = match args.member.as_ref().or(args.of.as_ref()) {
        Some(text) => {
            space.head.member(look_up::member_id(&space.head, text)?).0.into_iter().collect()
        }
        None => {
            let _progress = Progress::new("reading credentials");
            space.head.roster().members().cloned().collect()
        }
    };
    let mut rows: Vec<CredentialView> = Vec::new();
    for folder in &folders {
        for (tag, credential) in &folder.credentials {
            rows.extend(CredentialView::rows(folder, tag, credential, &zone, ctx.now));
        }
    }
    rows.retain(|row| {
        (args.all || row.state != GrantState::Expired)
            && facility.as_ref().is_none_or(|(name, _)| row.facility == *name)
    });
    let none = if folders.iter().all(|folder| folder.credentials.is_empty()) {
        "there are no credentials; `space credential add --member MEMBER --fob NUMBER` gives one"
    } else {
        "no credential matches; `space credential list --all` also shows expired ones"
    };
    ctx.list_or(args.form, &rows, none)
}
