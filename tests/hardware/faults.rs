//! What a former driver of this board did wrong, each fault with a door left open or shut.
//!
//! Two more of its faults are tested where they could come back: a setting read under a different
//! name beside the options, an unreadable reading also beside the lines.

use std::time::Duration;

use space::hardware::{DeviceReport, accx::simulated::Fault};
use tokio::time::{Instant, advance};

use crate::bench::{Bench, fob};

/// One late answer ended the thread that locks: the relays stayed energised for good.
#[tokio::test(start_paused = true)]
async fn after_a_late_answer_the_door_is_still_locked() {
    let mut bench = Bench::connected().await;
    bench.misbehave(1, &Fault::Late);
    bench.move_relay(1, true).await;
    bench.misbehave(1, &Fault::Late);
    bench.move_relay(1, false).await;
    assert_eq!(bench.relays(), [false; 4]);
    bench.move_relay(2, true).await;
    bench.move_relay(2, false).await;
    assert_eq!(bench.openings().len(), 1, "it was no reason to give the board up");
}

/// Relays were counted from 0 in one place and from 1 in another: the last one was an error.
#[tokio::test(start_paused = true)]
async fn each_relay_is_the_one_that_is_named() {
    let mut bench = Bench::connected().await;
    for relay in 1..=4 {
        bench.move_relay(relay, true).await;
        let expected = [1, 2, 3, 4].map(|other| other == relay);
        assert_eq!(bench.relays(), expected);
        bench.move_relay(relay, false).await;
        assert_eq!(bench.relays(), [false; 4]);
    }
}

/// Two readings in and one exit: the relay stayed on.
#[tokio::test(start_paused = true)]
async fn one_off_is_enough_however_often_it_was_told_on() {
    let mut bench = Bench::connected().await;
    bench.move_relay(1, true).await;
    bench.move_relay(1, true).await;
    bench.move_relay(1, false).await;
    assert_eq!(bench.relays(), [false; 4]);
}

/// The unlock time was always 2 s, whatever was configured.
#[tokio::test(start_paused = true)]
async fn a_relay_stays_on_for_as_long_as_it_is_wanted() {
    let mut bench = Bench::connected().await;
    bench.move_relay(1, true).await;
    bench.sent();
    for _ in 0..3600 {
        advance(Duration::from_secs(1)).await;
        assert!(bench.relays()[0]);
    }
    assert!(!bench.sent().contains('o'));
}

/// A USB error ended the loop, and nothing opened the port again.
#[tokio::test(start_paused = true)]
async fn a_board_that_was_unplugged_works_when_it_is_plugged_in_again() {
    let mut bench = Bench::connected().await;
    bench.move_relay(1, true).await;
    for minutes in [0, 1, 60 * 24] {
        bench.unplug();
        bench.lost().await;
        tokio::time::sleep(Duration::from_secs(minutes * 60)).await;
        bench.plug();
        loop {
            match bench.next().await {
                DeviceReport::Lost(_) => {}
                DeviceReport::Connected(_) => break,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(bench.relays(), [false; 4]);
        bench.board(|board| board.present_fob(7, 1));
        assert_eq!(bench.next().await, fob("7"));
        bench.move_relay(1, true).await;
    }
}

/// An event that arrived while waiting for an answer was lost.
#[tokio::test(start_paused = true)]
async fn a_fob_between_a_command_and_its_answer_is_reported() {
    let mut bench = Bench::connected().await;
    bench.misbehave(1, &Fault::Interrupt(b"F15408774,1\r\n".to_vec()));
    bench.tell(1, true);
    assert_eq!(bench.next().await, fob("15408774"));
    assert_eq!(bench.next().await, DeviceReport::Relay { relay: 1, on: true });
}

/// When something was wrong with a reading, it left no trace.
#[tokio::test(start_paused = true)]
async fn a_reading_that_cannot_be_read_is_reported_and_the_next_one_is_read() {
    let mut bench = Bench::connected().await;
    let now = Duration::from_secs(3);
    bench.board(|board| {
        board.noise(0xd5, now);
        board.press("4455661#", now);
        board.press("#", now);
        board.send_raw(b"F99999999999,1\r\n");
        board.present_fob(7, 1);
    });
    for _ in 0..3 {
        let report = bench.next().await;
        let DeviceReport::Noise { reader: 1, words } = report else { panic!("{report:?}") };
        assert!(!words.is_empty() && !words.contains("55661"), "{words}");
    }
    assert_eq!(bench.next().await, fob("7"));
}

/// The port was polled ten times a second, so that a member waited for the next poll.
#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_clock() {
    let mut bench = Bench::connected().await;
    // Not a multiple of any interval.
    tokio::time::sleep(Duration::from_micros(7_654_321)).await;
    let swiped = Instant::now();
    bench.board(|board| board.present_fob(7, 1));
    assert_eq!(bench.next().await, fob("7"));
    assert_eq!(swiped.elapsed(), Duration::ZERO);
    bench.tell(1, true);
    assert_eq!(bench.next().await, DeviceReport::Relay { relay: 1, on: true });
    assert_eq!(bench.last_sent() - swiped, Duration::ZERO);
    assert_eq!(swiped.elapsed(), Duration::ZERO);
}
