//! When a member is reminded of dues, and when the reminders stop.

use jiff::{SignedDuration, civil::Date};

use super::{Occasion, OccasionDetail};
use crate::domain::{
    dues::{Cover, CoverTerms},
    model::{NoticeKind, NoticeRules},
};

/// How many days after its date a reminder becomes too old to send. Members who have not had it by
/// then, because nothing was sent for a while, should not be surprised by it.
const STALE_DAYS: i64 = 14;

/// What decides whether to remind a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReminderTerms {
    /// Whether they owe dues themselves: not for children, tiers without dues, or suspended
    /// members.
    pub owes: bool,
    /// The first day without membership, local date.
    pub left: Option<Date>,
    /// The first day that is not paid for, local date.
    pub paid_until: Option<Date>,
    /// Until when they are covered, including grace.
    pub cover: Cover,
}

impl ReminderTerms {
    /// Takes what matters on a local day: who pays, since when they have left or are suspended, and
    /// until when they are covered.
    #[must_use]
    pub fn of(payer: CoverTerms, cover: Cover, today: Date) -> Self {
        let suspended = payer.suspension.is_some_and(|it| it.includes(today));
        let owes = payer.parent.is_none() && payer.owes_dues == Some(true) && !suspended;
        Self { owes, left: payer.left, paid_until: payer.paid_until, cover }
    }
}

/// Returns what a member has to be told on a local day about the end of the paid time.
///
/// The latest reminder in the settings whose day has come is due, so missed ones are not sent
/// later. The end of the cover is a separate occasion, and takes precedence. Reminders stop by
/// themselves: the last one is due for two weeks, and a payment moves the end, which is a new
/// occasion. Members who have never paid are not reminded, since their welcome said what to pay.
#[must_use]
pub fn reminder(standing: &ReminderTerms, rules: &NoticeRules, today: Date) -> Option<Occasion> {
    if !standing.owes || standing.left.is_some_and(|left| left <= today) {
        return None;
    }
    let until = standing.paid_until?;
    let ended = match standing.cover {
        Cover::Until(end) => Some(end),
        _ => None,
    };
    let mut days = rules.reminder_days.clone();
    days.sort_unstable();
    days.dedup();
    let steps = (1..).zip(&days).map(|(step, day)| {
        let about = OccasionDetail::Step { step, steps: days.len() };
        let key = format!("{until}/{step}");
        (after(until, i64::from(*day)), Occasion { kind: NoticeKind::Reminder, key, about })
    });
    let lapsed = ended.map(|end| (end, Occasion::of(NoticeKind::Lapsed, until.to_string())));
    let wanted = steps.chain(lapsed).filter(|(_, it)| !rules.off.contains(&it.kind));
    let come = wanted.filter(|(day, _)| *day <= today && today < after(*day, STALE_DAYS));
    come.max_by_key(|(day, it)| (*day, it.kind)).map(|(_, occasion)| occasion)
}

fn after(day: Date, days: i64) -> Date {
    let later = day.checked_add(SignedDuration::from_hours(24 * days));
    later.unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::{MemberId, Suspension};

    fn standing() -> ReminderTerms {
        let cover = Cover::Until(date(2026, 3, 15));
        ReminderTerms { owes: true, left: None, paid_until: Some(date(2026, 3, 1)), cover }
    }

    fn key(standing: &ReminderTerms, rules: &NoticeRules, today: Date) -> String {
        let occasion = reminder(standing, rules, today);
        occasion.map_or_else(|| "-".into(), |it| format!("{} {}", it.kind, it.key))
    }

    #[test]
    fn reminders_escalate_and_stop_by_themselves() {
        let rules = NoticeRules::default();
        for (today, expected) in [
            (date(2026, 2, 21), "-"),
            (date(2026, 2, 22), "reminder 2026-03-01/1"),
            (date(2026, 3, 3), "reminder 2026-03-01/1"),
            (date(2026, 3, 4), "reminder 2026-03-01/2"),
            (date(2026, 3, 11), "reminder 2026-03-01/3"),
            (date(2026, 3, 14), "reminder 2026-03-01/3"),
            (date(2026, 3, 15), "lapsed 2026-03-01"),
            (date(2026, 3, 28), "lapsed 2026-03-01"),
            (date(2026, 3, 29), "-"),
            (date(2028, 1, 1), "-"),
        ] {
            assert_eq!(key(&standing(), &rules, today), expected, "{today}");
        }
    }

    #[test]
    fn a_reminder_long_after_the_lapse_is_sent_too() {
        let rules = NoticeRules { reminder_days: vec![60, -7], ..NoticeRules::default() };
        assert_eq!(key(&standing(), &rules, date(2026, 4, 30)), "reminder 2026-03-01/2");
        let about = reminder(&standing(), &rules, date(2026, 4, 30)).unwrap().about;
        assert_eq!(about, OccasionDetail::Step { step: 2, steps: 2 });
    }

    #[test]
    fn paying_is_a_new_occasion_and_ends_the_old_one() {
        let rules = NoticeRules::default();
        let paid = ReminderTerms {
            paid_until: Some(date(2026, 4, 1)),
            cover: Cover::Until(date(2026, 4, 15)),
            ..standing()
        };
        assert_eq!(key(&paid, &rules, date(2026, 3, 16)), "-");
        assert_eq!(key(&paid, &rules, date(2026, 3, 25)), "reminder 2026-04-01/1");
    }

    #[test]
    fn members_who_owe_nothing_left_or_never_paid_get_no_reminder() {
        let (rules, today) = (NoticeRules::default(), date(2026, 3, 11));
        for quiet in [
            ReminderTerms { owes: false, ..standing() },
            ReminderTerms { left: Some(today), ..standing() },
            ReminderTerms { paid_until: None, cover: Cover::Never, ..standing() },
        ] {
            assert_eq!(key(&quiet, &rules, today), "-");
        }
        let leaves = ReminderTerms { left: Some(date(2026, 3, 12)), ..standing() };
        assert_ne!(key(&leaves, &rules, today), "-");
    }

    #[test]
    fn notices_that_are_switched_off_are_not_sent() {
        let off = |kind| NoticeRules { off: [kind].into(), ..NoticeRules::default() };
        let (early, late) = (date(2026, 3, 11), date(2026, 3, 20));
        assert_eq!(key(&standing(), &off(NoticeKind::Reminder), early), "-");
        assert_eq!(key(&standing(), &off(NoticeKind::Reminder), late), "lapsed 2026-03-01");
        assert_eq!(key(&standing(), &off(NoticeKind::Lapsed), late), "reminder 2026-03-01/3");
    }

    #[test]
    fn only_paying_members_who_are_not_suspended_owe_dues() {
        let today = date(2026, 3, 4);
        let payer = CoverTerms {
            parent: None,
            owes_dues: Some(true),
            paid_until: Some(today),
            left: None,
            suspension: None,
        };
        let of = |payer: CoverTerms, since: Option<Date>, until| {
            let suspension = since.map(|since| Suspension { since, until });
            let payer = CoverTerms { suspension, ..payer };
            let standing = ReminderTerms::of(payer, Cover::Never, today);
            assert_eq!((standing.left, standing.paid_until), (None, Some(today)));
            standing.owes
        };
        assert!(of(payer, None, None) && of(payer, Some(date(2026, 3, 5)), None));
        assert!(!of(payer, Some(today), None));
        assert!(!of(payer, Some(date(2026, 3, 1)), Some(date(2026, 3, 5))));
        assert!(of(payer, Some(date(2026, 3, 1)), Some(today)), "it is over");
        assert!(!of(CoverTerms { parent: MemberId::new(1).ok(), ..payer }, None, None));
        assert!(!of(CoverTerms { owes_dues: Some(false), ..payer }, None, None));
        assert!(!of(CoverTerms { owes_dues: None, ..payer }, None, None));
    }

    proptest! {
        #[test]
        fn each_lapse_has_as_many_occasions_as_there_are_steps_and_the_lapse(
            days in proptest::collection::vec(-60_i16..60, 0..6), grace in 0_i64..30,
        ) {
            let rules = NoticeRules { reminder_days: days.clone(), ..NoticeRules::default() };
            let until = date(2026, 3, 1);
            let cover = Cover::Until(after(until, grace));
            let standing = ReminderTerms { cover, ..standing() };
            let keys: Vec<String> = (-100..100)
                .filter_map(|day| reminder(&standing, &rules, after(until, day)))
                .map(|it| format!("{} {}", it.kind, it.key))
                .collect();
            let mut once = keys.clone();
            once.dedup();
            let mut sorted = once.clone();
            sorted.sort();
            sorted.dedup();
            prop_assert_eq!(once.len(), sorted.len(), "none comes back after another: {:?}", once);
            prop_assert!(sorted.len() <= days.len() + 1);
            prop_assert!(sorted.contains(&"lapsed 2026-03-01".to_owned()));
        }

        #[test]
        fn no_day_is_beyond_the_calendar(days in any::<i16>(), grace in any::<bool>()) {
            let rules = NoticeRules { reminder_days: vec![days], ..NoticeRules::default() };
            for until in [Date::MIN, Date::MAX] {
                let cover = if grace { Cover::Until(until) } else { Cover::Never };
                let standing = ReminderTerms { paid_until: Some(until), cover, ..standing() };
                for today in [Date::MIN, date(2026, 3, 1), Date::MAX] {
                    let _ = reminder(&standing, &rules, today);
                }
            }
        }
    }
}
