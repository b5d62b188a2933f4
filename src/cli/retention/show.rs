//! `space retention show`: lists what has been held for longer than the settings allow.

use jiff::{SignedDuration, ToSpan as _, civil::Date, tz::TimeZone};

use crate::{
    app::{journals, look_up, measurements, notice::kept, view::OverdueView},
    cli::{
        CliError, Context, Opened, advice,
        output::{Listing, Progress},
    },
    domain::{
        model::{MemberId, Record, RecordPath, text},
        ops::retention::{self, RetentionReview, Scope},
    },
    integrations::mail::KeptLetter,
    store::{
        journal::expire::{self, Expired},
        measurements::expire::{self as expire_measured, Expired as ExpiredMeasurements},
    },
};

/// The arguments of `space retention show`.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// What has been held for too long.
pub(super) struct Found {
    pub(super) review: RetentionReview,
    pub(super) months: Vec<Expired>,
    pub(super) measurements: Vec<ExpiredMeasurements>,
    pub(super) letters: Vec<KeptLetter>,
    pub(super) rows: Vec<OverdueView>,
}

/// Finds what has been held for too long: in the records, and in the journals and the letters of this
/// machine.
///
/// # Errors
/// Fails if the settings, the journals or the letters cannot be read.
pub(super) fn find(ctx: &Context, space: &Opened<'_>) -> Result<Found, CliError> {
    let progress = Progress::new("looking through the records");
    let (head, today) = (&space.head, space.today()?);
    let roster = head.roster();
    let left = roster.members().filter_map(|it| Some((it.id, it.member.get()?.left?)));
    let payers = head.payers().into_iter().filter_map(|tag| {
        match head.record(&RecordPath::Payer(tag.clone())) {
            Ok(Some(Record::Payer(payer))) => Some((tag, payer.member)),
            _ => None,
        }
    });
    let given = roster.members().flat_map(|folder| {
        let to = folder.id;
        folder.inductions.iter().filter_map(move |(name, it)| Some((to, name.clone(), it.by?)))
    });
    let scope = Scope { left: left.collect(), payers: payers.collect(), given: given.collect() };
    let review = retention::review(head, &scope, today)?;
    let name = |id: MemberId| roster.get(id)?.member.get().map(|it| text::shown(&it.name));
    let mut rows: Vec<OverdueView> = review
        .overdue
        .iter()
        .map(|it| OverdueView {
            what: serde_json::to_value(it.kind)
                .ok()
                .and_then(|word| word.as_str().map(str::to_owned))
                .unwrap_or_default(),
            member: it.member,
            name: it.member.and_then(name).unwrap_or_default(),
            path: it.path.to_string(),
            since: it.since,
            until: it.until,
        })
        .collect();
    let rules = look_up::space(head)?.retention;
    let zone = space.zone()?;
    let mut letters = Vec::new();
    for letter in kept::letters(space.store)? {
        let written = letter.at.to_zoned(zone.clone()).date();
        match retention::letter(head, rules, letter.member, written) {
            Some((since, until)) if until <= today => {
                rows.push(OverdueView {
                    what: "letter".to_owned(),
                    member: letter.member,
                    name: letter.member.and_then(name).unwrap_or_default(),
                    path: letter.path.display().to_string(),
                    since,
                    until,
                });
                letters.push(letter);
            }
            _ => {}
        }
    }
    let mut months = Vec::new();
    if let Some(days) = rules.activity_days {
        let days = SignedDuration::from_hours(24 * i64::from(days));
        let last = TimeZone::UTC.to_datetime(ctx.now).date().checked_sub(days);
        months = expire::before(&journals::folder(space.store)?, last.unwrap_or(Date::MIN))?;
        rows.extend(months.iter().map(|it| {
            let end = it.month.saturating_add(1.month());
            OverdueView {
                what: "activities".to_owned(),
                member: None,
                name: String::new(),
                path: it.path.display().to_string(),
                since: it.month,
                until: end.checked_add(days).unwrap_or(Date::MAX),
            }
        }));
    }
    let mut measured = Vec::new();
    if let Some(days) = rules.measurement_days {
        let days = SignedDuration::from_hours(24 * i64::from(days));
        let last = TimeZone::UTC.to_datetime(ctx.now).date().checked_sub(days);
        let folder = measurements::folder(space.store);
        measured = expire_measured::before(&folder, last.unwrap_or(Date::MIN))?;
        rows.extend(measured.iter().map(|it| {
            let end = it.month.saturating_add(1.month());
            OverdueView {
                what: "measurements".to_owned(),
                member: None,
                name: String::new(),
                path: it.path.display().to_string(),
                since: it.month,
                until: end.checked_add(days).unwrap_or(Date::MAX),
            }
        }));
    }
    drop(progress);
    Ok(Found { review, months, measurements: measured, letters, rows })
}

/// Lists what has been held for too long.
///
/// # Errors
/// Fails if the settings or the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let found = find(ctx, &space)?;
    ctx.list(args.form, &found.rows)?;
    advice::notes(&found.review.stays).iter().try_for_each(|it| ctx.warn(it))?;
    if !found.rows.is_empty() && !args.form.csv {
        ctx.say(
            "`space retention apply` removes it, but not from the git history; `space retention \
             history` shows what is left there",
        )?;
    }
    Ok(())
}
