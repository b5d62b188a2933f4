//! Leaps, boots without a battery, and commits from the future.

use proptest::prelude::*;

use super::*;

const YEAR: i64 = 365 * 86_400;

fn at(seconds: i64) -> Timestamp {
    "2026-01-15T18:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

fn keeper() -> Timekeeper {
    let mut keeper = Timekeeper::new();
    keeper.learn(at(-3600));
    assert_eq!(keeper.tell(at(0), Duration::ZERO, false), at(0));
    assert_eq!(keeper.doubt(), None);
    keeper
}

fn count(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn set_back_a_year_or_to_1970_it_goes_on_from_what_it_knows() {
    for shows in [at(10 - YEAR), Timestamp::UNIX_EPOCH] {
        let mut keeper = keeper();
        assert_eq!(keeper.tell(shows, count(10), false), at(10));
        assert_eq!(keeper.doubt(), Some(Doubt::Behind { shows, latest: at(0) }));
        assert_eq!(keeper.tell(shows, count(100), false), at(100));
        // NTP arrives
        assert_eq!(keeper.tell(at(200), count(200), false), at(200));
        assert_eq!(keeper.doubt(), None);
    }
}

#[test]
fn a_start_without_a_battery_is_in_doubt_until_the_network_sets_the_clock() {
    let mut keeper = Timekeeper::new();
    keeper.learn(at(0));
    assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(5), false), at(0));
    assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(25), false), at(20));
    assert!(matches!(keeper.doubt(), Some(Doubt::Behind { .. })));
    // it was off for a day
    assert_eq!(keeper.tell(at(86_400), count(30), true), at(86_400));
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn set_forward_a_year_it_is_followed_and_believed_in_time() {
    let mut keeper = keeper();
    assert_eq!(keeper.tell(at(YEAR), count(10), false), at(YEAR));
    assert_eq!(keeper.doubt(), Some(Doubt::Leapt { from: at(10), to: at(YEAR) }));
    assert_eq!(keeper.tell(at(YEAR + 599), count(609), false), at(YEAR + 599));
    assert!(keeper.doubt().is_some());
    assert_eq!(keeper.tell(at(YEAR + 600), count(610), false), at(YEAR + 600));
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn a_leap_of_ten_years_is_never_believed_and_leaves_nothing_behind() {
    let mut keeper = keeper();
    for second in 0..2_000 {
        keeper.tell(at(10 * YEAR + second), count(10 + second as u64), false);
        assert!(matches!(keeper.doubt(), Some(Doubt::Leapt { .. })), "{second}");
    }
    assert_eq!(keeper.tell(at(2_010), count(2_010), false), at(2_010));
    assert_eq!(keeper.doubt(), None);
    assert_eq!(
        keeper.tell(at(10 * YEAR), count(2_020), true),
        at(10 * YEAR),
        "the network says so"
    );
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn a_boot_in_2099_is_not_believed_once_anything_is_known() {
    let mut keeper = Timekeeper::new();
    keeper.tell(at(70 * YEAR), count(0), false);
    keeper.learn_commit(at(-3600));
    assert_eq!(keeper.tell(at(70 * YEAR), count(1), false), at(70 * YEAR));
    assert!(matches!(keeper.doubt(), Some(Doubt::Leapt { .. })));
    assert_eq!(keeper.tell(at(2), count(2), false), at(2));
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn a_leap_out_of_the_past_is_as_doubtful_as_any() {
    let mut keeper = keeper();
    keeper.tell(Timestamp::UNIX_EPOCH, count(10), false);
    keeper.tell(at(10 * YEAR), count(20), false);
    assert!(matches!(keeper.doubt(), Some(Doubt::Leapt { .. })));
    assert_eq!(keeper.tell(at(30), count(30), false), at(30));
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn without_a_clock_that_runs_on_nothing_is_held_until_it_is_set() {
    let mut keeper = keeper();
    keeper.require_setting();
    assert_eq!(keeper.tell(at(10), count(10), false), at(10));
    assert_eq!(keeper.doubt(), Some(Doubt::Unset { shows: at(10) }));
    keeper.tell(at(20), count(20), true);
    assert_eq!(keeper.doubt(), None);
    keeper.tell(at(30), count(30), false);
    assert_eq!(keeper.doubt(), None, "once is enough");
}

#[test]
fn a_leap_that_is_taken_back_leaves_nothing_behind() {
    let mut keeper = keeper();
    keeper.tell(at(YEAR), count(10), false);
    assert_eq!(keeper.tell(at(20), count(20), false), at(20));
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn a_leap_by_the_network_is_trusted_at_once_and_no_other() {
    let mut keeper = keeper();
    assert_eq!(keeper.tell(at(7200), count(10), true), at(7200));
    assert_eq!(keeper.doubt(), None);
    keeper.tell(at(YEAR), count(20), false);
    assert!(matches!(keeper.doubt(), Some(Doubt::Leapt { .. })), "somebody else set it");
}

#[test]
fn a_commit_from_the_future_moves_no_clock_that_all_else_agrees_with() {
    let mut keeper = keeper();
    keeper.learn_commit(at(240));
    assert_eq!(keeper.tell(at(1), count(1), false), at(1));
    assert_eq!(keeper.doubt(), None, "laptops differ a little");
    keeper.learn_commit(at(4 * YEAR));
    assert_eq!(keeper.tell(at(2), count(2), false), at(2));
    let doubt = Doubt::Ahead { shows: at(2), commit: at(4 * YEAR) };
    assert_eq!(keeper.doubt(), Some(doubt));
    // a right one on top
    keeper.learn_commit(at(2));
    assert_eq!(keeper.tell(at(3), count(3), false), at(3));
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn a_clock_that_nothing_bears_out_goes_by_the_newest_commit() {
    let mut keeper = Timekeeper::new();
    keeper.tell(Timestamp::UNIX_EPOCH, count(0), false);
    keeper.learn_commit(at(0));
    assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(5), false), at(0));
    assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(15), false), at(10));
    assert!(matches!(keeper.doubt(), Some(Doubt::Behind { .. })));
}

#[test]
fn a_clock_that_the_network_set_wins_over_every_memory() {
    let mut keeper = Timekeeper::new();
    keeper.learn(at(3 * YEAR));
    keeper.learn_commit(at(4 * YEAR));
    assert_eq!(keeper.tell(at(0), count(0), false), at(4 * YEAR));
    assert!(matches!(keeper.doubt(), Some(Doubt::Behind { .. })));
    assert_eq!(keeper.tell(at(10), count(10), true), at(10));
    assert_eq!((keeper.doubt(), keeper.overruled()), (None, Some(at(4 * YEAR))));
    assert_eq!(keeper.overruled(), None, "it is told once");
    // The network may be gone again.
    assert_eq!(keeper.tell(at(20), count(20), false), at(20));
    assert_eq!(keeper.doubt(), None);
}

#[test]
fn a_clock_that_a_person_trusts_is_believed_and_what_is_remembered_is_put_aside() {
    let mut keeper = Timekeeper::new();
    keeper.learn(at(3 * YEAR));
    keeper.tell(at(0), count(0), false);
    assert!(keeper.doubt().is_some());
    keeper.trust(at(1));
    assert_eq!(keeper.tell(at(2), count(2), false), at(2));
    assert_eq!(keeper.doubt(), None);
}

proptest! {
    /// Whatever the clock does, what has expired stays expired.
    #[test]
    fn an_answer_that_was_not_in_doubt_is_never_taken_back(
        steps in prop::collection::vec((0..900_u64, prop_oneof![
            Just(0_i64), -400..400_i64, -2 * YEAR..2 * YEAR,
        ], any::<bool>()), 1..60),
    ) {
        let mut keeper = Timekeeper::new();
        let (mut passed, mut offset, mut sure) = (0, 0, Timestamp::MIN);
        for (seconds, leap, set) in steps {
            passed += seconds;
            offset = (offset + leap).clamp(-10 * YEAR, 10 * YEAR);
            let shows = at(i64::try_from(passed).unwrap() + offset);
            let answer = keeper.tell(shows, count(passed), set);
            prop_assert!(set || answer >= sure, "{answer} is before {sure}");
            if keeper.doubt().is_none() {
                sure = answer;
            }
        }
    }
}
