//! `space requirement preview`: lists when requirements will be active next.

use crate::{
    app::{look_up, view::WindowView},
    cli::{CliError, Context, output::Listing},
    domain::{
        model::{Requirement, Slot, Slug, Tag},
        schedule::Timespec,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space requirement preview frontdoor --count 3
  space requirement preview --at 2026-12-24";

/// The arguments of `space requirement preview`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A facility, or the tag of a requirement [default: all requirements]
    #[arg(value_name = "FACILITY|TAG", add = crate::cli::input::completion::facilities())]
    what: Option<String>,

    /// How many windows to list for each
    #[arg(long, short, default_value_t = 5)]
    count: usize,

    /// From this moment on
    #[arg(long, value_name = "T", allow_hyphen_values = true, default_value = "now")]
    at: String,

    #[command(flatten)]
    form: Listing,
}

/// Lists the windows, sorted by their beginning.
///
/// # Errors
/// Fails if no requirement has the tag, or if its timespec is refused.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let at = space.moment(&args.at)?;
    let facilities = space.head.basis().0.facilities;
    let only = args.what.as_deref().filter(|text| facilities.keys().all(|it| it.as_str() != *text));
    let chosen: Vec<(Slug, Tag, Requirement)> = match only {
        Some(tag) => vec![look_up::requirement(&space.head, tag)?],
        None => facilities
            .into_iter()
            .filter(|(name, _)| args.what.as_ref().is_none_or(|text| name.as_str() == text))
            .flat_map(|(name, folder)| {
                let all = folder.requirements.into_iter();
                all.map(move |(tag, slot)| (name.clone(), tag, slot))
            })
            .filter_map(|(name, tag, slot)| match slot {
                Slot::Read(requirement) => Some((name, tag, requirement)),
                _ => None,
            })
            .collect(),
    };
    let mut rows = Vec::new();
    for (facility, tag, requirement) in chosen {
        let timespec = match Timespec::parse(&requirement.timespec, &zone) {
            Ok(timespec) => timespec,
            Err(refusal) if only.is_some() => {
                return Err(CliError::data(format!("the timespec of {tag} is refused: {refusal}")));
            }
            Err(refusal) => {
                ctx.warn(format!("the timespec of {tag} at {facility} is refused: {refusal}"))?;
                continue;
            }
        };
        let events = timespec.next(at, args.count).into_iter();
        rows.extend(events.map(|it| WindowView::new(&facility, &tag, &requirement, it, &zone)));
    }
    rows.sort_by(|a, b| (a.from, &a.facility, a.priority).cmp(&(b.from, &b.facility, b.priority)));
    ctx.list(args.form, &rows)
}
