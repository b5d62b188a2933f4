//! What is not as it should be with a service, by what was found last: for `space check` and `doctor`.

use jiff::{SignedDuration, Timestamp};

use super::ServiceView;
use crate::domain::model::{Advice, Finding, FindingCode};

/// A timer compares every quarter of an hour; after a day without it somebody should look.
const STALE: SignedDuration = SignedDuration::from_hours(24);

/// Something that is not as it should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Concern {
    /// Whether the service cannot be brought to agree.
    pub is_error: bool,
    /// What it is, in words.
    pub words: String,
    /// What to do.
    pub advice: Advice,
}

impl ServiceView {
    /// Returns the most important thing that is not as it should be.
    #[must_use]
    pub fn concern(&self, now: Timestamp) -> Option<Concern> {
        let name = || self.service.clone();
        let warning = |words: String, advice| Concern { is_error: false, words, advice };
        if let Some(trouble) = &self.trouble {
            let advice = Advice::CompareService(name());
            return Some(Concern { is_error: true, words: trouble.clone(), advice });
        }
        let Some(compared) = self.compared else {
            let words = "it was never compared with the records".to_owned();
            return Some(warning(words, Advice::CompareService(name())));
        };
        for (since, what) in [
            (Some(compared), "it was not compared with the records"),
            (self.received, "what it took was not recorded"),
        ] {
            let Some(since) = since else { continue };
            let age = now.duration_since(since);
            if age > STALE {
                let (hours, days) = (age.as_hours(), age.as_hours() / 24);
                let long = if days > 1 { format!("{days} days") } else { format!("{hours} hours") };
                return Some(warning(format!("{what} for {long}"), Advice::StartServices));
            }
        }
        let advice = if self.open > 0 {
            Advice::ApplyService(name())
        } else if self.untold > 0 {
            Advice::SendNotices
        } else if !self.drift.is_empty() || !self.held.is_empty() {
            Advice::LookAtService(name())
        } else {
            return None;
        };
        Some(warning(self.how(), advice))
    }

    /// Returns the same as a finding beside those about the records.
    #[must_use]
    pub fn finding(&self, now: Timestamp) -> Option<Finding> {
        let Concern { words, advice, .. } = self.concern(now)?;
        let place = format!("the service {}", self.service);
        Some(Finding::warning(FindingCode::ServiceDiffers, place, words).advise(advice))
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::app::service::{Inbox, ServiceState};

    fn concern(state: ServiceState, inbox: Inbox) -> Option<(String, Advice)> {
        let name = "stripe".parse().unwrap();
        let now = "2026-03-05T18:00:00Z".parse().unwrap();
        let row = ServiceView::new(&name, "stripe", 3, (state, inbox), &TimeZone::UTC);
        let is_error = row.concern(now).is_some_and(|it| it.is_error);
        assert_eq!(is_error, row.trouble.is_some());
        let found = row.finding(now)?;
        Some((found.message, found.advice?))
    }

    #[test]
    fn what_differs_failed_or_is_old_is_a_concern() {
        let at = |text: &str| Some(text.parse().unwrap());
        let good = ServiceState { compared: at("2026-03-05T17:45:00Z"), ..ServiceState::default() };
        let empty = Inbox::default;
        assert_eq!(concern(good.clone(), empty()), None);
        let stripe = || "stripe".parse().unwrap();
        for (state, inbox, words, advice) in [
            (
                ServiceState::default(),
                empty(),
                "it was never compared with the records",
                Advice::CompareService(stripe()),
            ),
            (
                ServiceState { trouble: Some("it is down".into()), ..good.clone() },
                empty(),
                "it is down",
                Advice::CompareService(stripe()),
            ),
            (
                ServiceState { compared: at("2026-03-02T17:00:00Z"), ..good.clone() },
                empty(),
                "it was not compared with the records for 3 days",
                Advice::StartServices,
            ),
            (
                good.clone(),
                Inbox { received: at("2026-03-04T16:00:00Z"), ..empty() },
                "what it took was not recorded for 26 hours",
                Advice::StartServices,
            ),
            (
                ServiceState { open: 1, untold: 2, ..good.clone() },
                empty(),
                "1 step to take, 2 rises wait until they are told",
                Advice::ApplyService(stripe()),
            ),
            (
                ServiceState { untold: 1, ..good.clone() },
                empty(),
                "1 rise waits until it is told",
                Advice::SendNotices,
            ),
            (
                good,
                Inbox { held: vec!["x".into()], ..empty() },
                "1 thing to look at",
                Advice::LookAtService(stripe()),
            ),
        ] {
            assert_eq!(concern(state, inbox), Some((words.to_owned(), advice)));
        }
    }
}
