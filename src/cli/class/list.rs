//! `space class list`: lists classes.

use crate::{
    app::view::ClassView,
    cli::{CliError, Context, output::Listing},
    domain::ops::class::Class,
};

/// The arguments of `space class list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Also those that are over
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists classes, the next one first.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let classes = Class::all(&space.head);
    let enrolled = classes.iter().map(|class| (class, class.enrolled(&space.head).len()));
    let mut rows: Vec<ClassView> = enrolled
        .map(|(class, enrolled)| ClassView::new(class, enrolled, &zone, ctx.now))
        .filter(|row| args.all || row.next.is_some())
        .collect();
    rows.sort_by(|a, b| {
        (a.next.is_none(), a.next, &a.name).cmp(&(b.next.is_none(), b.next, &b.name))
    });
    ctx.list(args.form, &rows)
}
