//! `space activity tail`: shows activities as they happen.

use std::{io::Write as _, sync::mpsc, time::Duration};

use crate::{
    app::{
        journals,
        view::{self, View},
    },
    cli::{CliError, Context, input::filter::FilterArgs, output::table},
    domain::model::Activity,
    store::{Revision, follow::Watch, journal::Tail},
};

/// The arguments of `space activity tail`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,

    /// How many past activities to begin with
    #[arg(long, short, default_value_t = 10)]
    count: usize,

    /// Show past activities and stop
    #[arg(long)]
    no_follow: bool,
}

/// How long to wait for news of the journal before looking anyway.
const PATIENCE: Duration = Duration::from_secs(60);

/// Shows activities until interrupted, or until the output is closed.
///
/// # Errors
/// Fails if the journals cannot be read, or if the output is closed.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let mut tail =
        Tail::new(journals::folder(space.store)?, args.filter.filter(ctx, &space.head, &zone)?);
    let rows = |mut activities: Vec<Activity>, most: usize, head: &Revision<'_>| {
        activities.drain(..activities.len().saturating_sub(most));
        activities
            .into_iter()
            .map(|it| view::ActivityView::new(it, head, &zone))
            .collect::<Vec<_>>()
    };
    if args.no_follow {
        let (activities, findings) = tail.all()?;
        write(ctx, &rows(activities, args.count, &space.head), true)?;
        return findings.iter().try_for_each(|finding| ctx.warn(finding));
    }
    let (hint, hints) = mpsc::channel();
    // The watch begins before the first look, so that nothing is missed in between.
    let mut watch = Watch::folder(tail.folder(), move || {
        let _ = hint.send(()); // a receiver that is gone needs no hint
    });
    let mut first = true;
    loop {
        let (activities, findings) = tail.poll()?;
        let head = ctx.open()?.head;
        let most = if first { args.count } else { usize::MAX };
        write(ctx, &rows(activities, most, &head), first)?;
        findings.iter().try_for_each(|finding| ctx.warn(finding))?;
        first = false;
        watch.renew();
        // A timeout is as good as a hint: look again.
        let _ = hints.recv_timeout(PATIENCE);
        hints.try_iter().for_each(drop);
    }
}

fn write(ctx: &Context, rows: &[view::ActivityView], heading: bool) -> Result<(), CliError> {
    let mut out = ctx.out();
    if ctx.json {
        for row in rows {
            serde_json::to_writer(&mut out, row).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    } else if heading {
        table::write(&mut out, rows, view::ActivityView::COLUMNS, None, ctx.colour())?;
    } else {
        for row in rows {
            writeln!(
                out,
                "{}  {:12}  {:7}  {}: {}",
                row.when(),
                row.activity.facility,
                row.activity.result,
                row.who(),
                row.activity.why()
            )?;
        }
    }
    Ok(out.flush()?)
}
