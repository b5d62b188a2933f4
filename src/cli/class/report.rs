//! `space class report`: who is enrolled, and who came.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, civil::Date};

use super::named;
use crate::{
    app::{journals, view::AttendanceView},
    cli::{CliError, Context, output::Listing},
    domain::{
        model::{AccessResult, MemberId},
        records,
    },
    store::journal::{Filter, Limits, Skipped, newest},
};

/// How long before a session somebody may come in to count as a participant.
const EARLY: SignedDuration = SignedDuration::from_mins(30);

/// The arguments of `space class report`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The class
    #[arg(value_name = "CLASS")]
    class: String,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Shows who came to a class.
///
/// # Errors
/// Fails if there is no such class, or if the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let class = named::class(&space.head, &args.class)?;
    let enrolled: BTreeSet<MemberId> = class.enrolled(&space.head).into_iter().collect();
    let begun: Vec<_> = class.sessions.iter().filter(|it| it.start <= ctx.now).collect();
    let mut came: BTreeMap<MemberId, BTreeSet<Date>> =
        enrolled.iter().map(|id| (*id, BTreeSet::new())).collect();
    let mut skipped = Vec::new();
    if let (Some(first), Some(last)) = (begun.first(), begun.last()) {
        let filter = Filter {
            facility: Some(class.facility.clone()),
            result: Some(AccessResult::Granted),
            from: first.start.checked_sub(EARLY).ok(),
            until: Some(last.end),
            ..Filter::default()
        };
        let limits = Limits { count: usize::MAX, bytes: u64::MAX };
        let page = newest(&journals::folder(space.store)?, &filter, None, limits)?;
        for activity in page.activities {
            let session = begun.iter().find(|session| {
                let from = session.start.checked_sub(EARLY).unwrap_or(session.start);
                from <= activity.time && activity.time < session.end
            });
            if let (Some(session), Some(id)) = (session, activity.member) {
                let day = session.start.to_zoned(zone.clone()).date();
                came.entry(id).or_default().insert(day);
            }
        }
        skipped = page.skipped;
    }
    let rows: Vec<AttendanceView> = came
        .into_iter()
        .map(|(member, days)| AttendanceView {
            member,
            name: records::name(&space.head, member).unwrap_or_default(),
            enrolled: enrolled.contains(&member),
            came: days.into_iter().collect(),
            of: begun.len(),
        })
        .collect();
    ctx.list(args.form, &rows)?;
    skipped.iter().map(Skipped::finding).try_for_each(|finding| ctx.warn(finding))
}
