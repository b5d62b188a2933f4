//! `report activity`: how much the doors were used lately, in numbers.

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::{
    app::{AppError, zone},
    domain::report::Counting,
    store::{
        Revision,
        journal::{self, Filter},
    },
};

/// How far back it goes.
const SPAN: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Desk {
    /// Counts what was granted and denied, by facility.
    pub(super) fn report(&self, head: &Revision<'_>, now: Timestamp) -> Result<String, AppError> {
        let from = now.checked_sub(SPAN).ok();
        let mut counting = Counting::new(zone::of(head)?);
        journal::each(&self.journals, &Filter { from, ..Filter::default() }, |activity| {
            counting.add(&activity);
            true
        })?;
        let usage = counting.finish();
        if usage.facilities.is_empty() {
            return Ok("The journals have nothing of the last 30 days.".to_owned());
        }
        let line = |it: &crate::domain::report::FacilityUsage| {
            let all = it.attempts;
            format!("{}: {} granted, {} denied", it.facility, all.granted, all.denied)
        };
        let lines: Vec<String> = usage.facilities.iter().map(line).collect();
        Ok(format!("The last 30 days:\n{}", lines.join("\n")))
    }
}
