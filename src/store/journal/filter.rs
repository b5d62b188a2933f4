//! Which activities to return.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use crate::domain::model::{AccessResult, Activity, MemberId, Slug};

/// Which activities to return; all by default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only those at this facility.
    pub facility: Option<Slug>,
    /// Only those of this member.
    pub member: Option<MemberId>,
    /// Only those with this result.
    pub result: Option<AccessResult>,
    /// Only those from this instant on.
    pub from: Option<Timestamp>,
    /// Only those before this instant.
    pub until: Option<Timestamp>,
}

impl Filter {
    /// Tells whether an activity matches.
    #[must_use]
    pub fn matches(&self, activity: &Activity) -> bool {
        self.facility.as_ref().is_none_or(|facility| *facility == activity.facility)
            && self.member.is_none_or(|member| Some(member) == activity.member)
            && self.result.is_none_or(|result| result == activity.result)
            && self.from.is_none_or(|from| from <= activity.time)
            && self.until.is_none_or(|until| activity.time < until)
    }

    /// Tells whether a month can contain matching activities.
    pub(super) fn overlaps(&self, month: Date) -> bool {
        let first = |day: Date| day.to_zoned(TimeZone::UTC).map(|at| at.timestamp());
        let (Ok(start), Ok(end)) = (first(month), first(month.saturating_add(1.month()))) else {
            return true;
        };
        self.from.is_none_or(|from| from < end) && self.until.is_none_or(|until| start < until)
    }
}
