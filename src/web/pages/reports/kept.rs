//! The reports that were made last, so that looking again costs nothing.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::rendered::Rendered;
use crate::{
    app::{AppError, measurements, report as output, view::local, zone},
    domain::{
        model::CommitId,
        report::{self, Counting, Span, Usage},
    },
    store::journal::{self, Filter},
    web::Site,
};

/// For how long they are kept, unless the records change: activities go on.
const KEPT: SignedDuration = SignedDuration::from_mins(10);

/// The number of months of history, the current one among them.
const MONTHS: u16 = 12;

/// The number of days whose activities are counted.
const DAYS: i64 = 90;

/// The reports that were made last.
#[derive(Default)]
pub(super) struct Kept(Mutex<Option<Arc<Reports>>>);

/// All reports.
pub(super) struct Reports {
    /// The commit whose records they are about.
    pub(super) commit: CommitId,
    made: Timestamp,
    /// When they were made, for people.
    pub(super) when: String,
    pub(super) all: Vec<Rendered>,
}

impl Kept {
    /// Returns the reports; makes them if they are missing or old. Whoever comes meanwhile waits.
    ///
    /// # Errors
    /// The records or the journals cannot be read.
    pub(super) fn get(&self, site: &Site) -> Result<Arc<Reports>, AppError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (commit, now) = (site.store.head()?, site.now());
        let is_fresh = |it: &&Arc<Reports>| {
            let age = now.duration_since(it.made);
            it.commit == commit && age >= SignedDuration::ZERO && age < KEPT
        };
        if let Some(fresh) = kept.as_ref().filter(is_fresh) {
            return Ok(Arc::clone(fresh));
        }
        let made = Arc::new(make(site, commit, now)?);
        *kept = Some(Arc::clone(&made));
        Ok(made)
    }
}

fn make(site: &Site, commit: CommitId, now: Timestamp) -> Result<Reports, AppError> {
    let head = site.store.read(commit)?;
    let zone = zone::of(&head)?;
    let today = now.to_zoned(zone.clone()).date();
    let month = report::of_day(today);
    let points = output::history::points(&site.store, &zone, MONTHS, today)?;
    let census = head.census();
    let everybody = census.all_members();
    let span = Span { from: report::before(month, MONTHS - 1), until: month };
    let (income, _) = output::income::add_up(&head, span);
    let (usage, filter) = usage(site, &zone, now)?;
    let members = report::members(&everybody, today);
    let dues = report::dues(&everybody, today);
    let mut all = vec![
        Rendered::new("history", "Members over time", output::history::output(points)),
        Rendered::new("members", "Members today, by tier", output::members::output(&members)),
        Rendered::new("income", "Income by month", output::income::output(&income, false)),
        Rendered::new("dues", "Dues by tier and class", output::dues::shares(&dues)),
        Rendered::new(
            "hours",
            "When the doors were used in the last 90 days",
            output::activity::by_hour(&usage, &filter),
        ),
        Rendered::new(
            "facilities",
            "Activity by facility in the last 90 days",
            output::activity::by_facility(&usage, &filter).without_picture(),
        ),
    ];
    let (found, _) = output::resources::add_up(&head, &site.journals, span, &zone, now)?;
    if !found.resources.meters.is_empty() {
        let title = "What the building used, and what it cost";
        all.push(Rendered::new("resources", title, output::resources::by_month(&found)));
        let meters = measurements::meters(&head);
        let by_meter = output::resources::by_meter(&found, &meters).without_picture();
        all.push(Rendered::new("meters", "What each meter counted", by_meter));
    }
    Ok(Reports { commit, made: now, when: local(now, &zone), all })
}

fn usage(site: &Site, zone: &TimeZone, now: Timestamp) -> Result<(Usage, Filter), AppError> {
    let from = now.checked_sub(SignedDuration::from_hours(24 * DAYS)).ok();
    let filter = Filter { from, ..Filter::default() };
    let mut counting = Counting::new(zone.clone());
    journal::each(&site.journals, &filter, |activity| {
        counting.add(&activity);
        true
    })?;
    Ok((counting.finish(), filter))
}
