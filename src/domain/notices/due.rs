//! Which notices are still to be sent, and what to remember afterwards.

use super::Occasion;
use crate::domain::model::{Notice, SentNotice};

/// Returns the occasions of one kind that have not been dealt with yet.
pub fn due<'o>(
    occasions: &'o [Occasion],
    notice: &'o Notice,
) -> impl Iterator<Item = &'o Occasion> {
    occasions.iter().filter(|occasion| !notice.has(&occasion.key))
}

/// Returns what to remember of one kind: earlier occasions that may come again, and those dealt
/// with now.
#[must_use]
pub fn remembered(notice: &Notice, occasions: &[Occasion], now: Vec<SentNotice>) -> Notice {
    let again = |told: &&SentNotice| occasions.iter().any(|occasion| occasion.key == told.occasion);
    let mut told: Vec<SentNotice> = notice.told.iter().filter(again).cloned().collect();
    told.retain(|old| now.iter().all(|new| new.occasion != old.occasion));
    told.extend(now);
    Notice { told }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::{SignedDuration, civil::date};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        dues::Cover,
        model::{NoticeKind, NoticeRules},
        notices::{ReminderTerms, reminder},
    };

    fn told(key: &str) -> SentNotice {
        SentNotice { occasion: key.into(), at: jiff::Timestamp::UNIX_EPOCH, failed: None }
    }

    #[test]
    fn an_occasion_is_told_once_and_forgotten_when_it_is_over() {
        let of = |key: &str| Occasion::of(NoticeKind::Lapsed, key);
        let occasions = [of("b"), of("c")];
        let notice = Notice { told: vec![told("a"), told("b")] };
        let keys: Vec<&str> = due(&occasions, &notice).map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["c"]);
        let after = remembered(&notice, &occasions, vec![told("c")]);
        assert_eq!(after.told, [told("b"), told("c")]);
        assert_eq!(due(&occasions, &after).count(), 0);
        assert_eq!(remembered(&after, &occasions, vec![told("b")]).told, [told("c"), told("b")]);
    }

    proptest! {
        /// A year of days on which sending succeeds or fails, with payments in between.
        #[test]
        fn whatever_fails_nobody_gets_a_notice_twice(
            works in proptest::collection::vec(proptest::bool::weighted(0.7), 400),
            pays in proptest::collection::vec(20_i64..90, 1..12),
            days in proptest::collection::vec(-20_i16..30, 0..4),
        ) {
            let rules = NoticeRules { reminder_days: days, ..NoticeRules::default() };
            let start = date(2026, 1, 1);
            let after = |day, days| start.checked_add(SignedDuration::from_hours(24 * (day + days)));
            let mut paid_days = pays.into_iter();
            let (mut day_paid, mut until) = (0, after(0, 30).unwrap());
            let mut notices: BTreeMap<NoticeKind, Notice> = BTreeMap::new();
            let mut heard: Vec<(NoticeKind, String)> = Vec::new();
            for (day, works) in (0_i64..).zip(works) {
                if day == day_paid {
                    until = until.max(after(day, 30).unwrap());
                    day_paid = day + paid_days.next().unwrap_or(i64::MAX / 2);
                }
                let cover = Cover::Until(until.checked_add(SignedDuration::from_hours(24 * 14)).unwrap());
                let standing = ReminderTerms { owes: true, left: None, paid_until: Some(until), cover };
                let occasions: Vec<_> =
                    reminder(&standing, &rules, after(day, 0).unwrap()).into_iter().collect();
                let Some(kind) = occasions.first().map(|it| it.kind) else { continue };
                let notice = notices.entry(kind).or_default();
                let keys: Vec<String> = due(&occasions, notice).map(|it| it.key.clone()).collect();
                if works && !keys.is_empty() {
                    let now = keys.iter().map(|key| told(key)).collect();
                    *notice = remembered(notice, &occasions, now);
                    heard.extend(keys.into_iter().map(|key| (kind, key)));
                }
            }
            let mut once = heard.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), heard.len(), "{:?}", heard);
        }
    }
}
