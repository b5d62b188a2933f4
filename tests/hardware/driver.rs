//! The driver over time: how it comes back, and how it ends.

use std::time::Duration;

use space::hardware::{
    DeviceCommand, DeviceReport, Feedback, Reader as _, Strike as _, accx::simulated::Fault, pause,
};
use tokio::time::Instant;

use crate::bench::{Bench, patiently};

#[tokio::test(start_paused = true)]
async fn pauses_grow_while_the_board_is_away_and_start_anew_after_it() {
    let mut bench = Bench::connected().await;
    for _ in 0..2 {
        bench.unplug();
        let words = bench.lost().await;
        assert!(words.contains("unplugged"), "{words}");
        let words = bench.lost().await;
        assert!(words.contains("is the board plugged in"), "{words}");
        let before = bench.openings().len();
        tokio::time::sleep(Duration::from_secs(60)).await;
        bench.plug();
        // It is reported once, however often it tries.
        bench.connect().await;
        let openings = bench.openings().split_off(before - 1);
        for (failures, pair) in (2..).zip(openings.windows(2)) {
            let (waited, least) = (pair[1] - pair[0], pause::after(failures));
            let most = least + Duration::from_millis(2);
            assert!(waited >= least && waited <= most, "{failures}: {waited:?}");
        }
        assert!(openings.len() > 6);
    }
}

#[tokio::test(start_paused = true)]
async fn a_board_that_does_not_answer_is_reopened() {
    for fault in [Fault::Deaf, Fault::Refuse] {
        let mut bench = Bench::connected().await;
        bench.move_relay(1, true).await;
        bench.misbehave(3, &fault);
        bench.tell(1, false);
        let words = bench.lost().await;
        assert!(words.contains("the command to release relay 1"), "{words}");
        // Opening its port has reset it.
        bench.connect().await;
        assert_eq!(bench.openings().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn commands_to_a_missing_board_are_dropped() {
    let mut bench = Bench::connected().await;
    bench.unplug();
    bench.lost().await;
    bench.tell(1, true);
    bench.lost().await;
    bench.tell(2, true);
    bench.plug();
    bench.connect().await;
    bench.move_relay(3, true).await;
    assert_eq!(bench.relays(), [false, false, true, false]);
}

#[tokio::test(start_paused = true)]
async fn a_relay_is_told_before_a_light() {
    let mut bench = Bench::connected().await;
    bench.sent();
    let strike = bench.strike.as_mut().unwrap();
    for feedback in [Feedback::Idle, Feedback::Granted] {
        strike.send(DeviceCommand::Feedback { reader: 1, feedback });
        strike.send(DeviceCommand::Feedback { reader: 2, feedback });
    }
    strike.send(DeviceCommand::Relay { relay: 1, on: true });
    assert_eq!(bench.next().await, DeviceReport::Relay { relay: 1, on: true });
    tokio::time::sleep(Duration::from_secs(1)).await;
    // The first light was already on its way.
    assert_eq!(bench.sent(), "l1,0\rc1\rl1,1\rl2,1\r");
    assert_eq!(bench.board(|board| board.lights()), [true, true]);
}

#[tokio::test(start_paused = true)]
async fn the_end_releases_all_relays_and_is_reported() {
    let mut bench = Bench::connected().await;
    for relay in 1..=4 {
        bench.move_relay(relay, true).await;
    }
    drop(bench.strike.take());
    for relay in 1..=4 {
        assert_eq!(bench.next().await, DeviceReport::Relay { relay, on: false });
    }
    assert_eq!(patiently(bench.reader.next()).await, None);
    assert_eq!(bench.relays(), [false; 4]);
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(bench.openings().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_end_waits_a_second_for_a_board_that_is_silent_and_not_at_all_for_one_away() {
    let mut bench = Bench::connected().await;
    bench.misbehave(100, &Fault::Deaf);
    let start = Instant::now();
    drop(bench.strike.take());
    assert!(bench.lost().await.contains("did not confirm"));
    assert_eq!(patiently(bench.reader.next()).await, None);
    assert!(start.elapsed() <= Duration::from_millis(1002), "{:?}", start.elapsed());
    let mut bench = Bench::connected().await;
    bench.unplug();
    bench.lost().await;
    let start = Instant::now();
    drop(bench.strike.take());
    assert_eq!(patiently(bench.reader.next()).await, None);
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn relays_move_without_a_listener() {
    let mut bench = Bench::connected().await;
    let (other, _strike) = space::hardware::accx::join("nothing".into(), Never);
    drop(std::mem::replace(&mut bench.reader, other));
    bench.tell(1, true);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(bench.relays()[0]);
}

/// A port that cannot be opened.
struct Never;

impl space::hardware::accx::Ports for Never {
    type Port = tokio::io::DuplexStream;

    fn open(&mut self) -> std::io::Result<(Self::Port, bool)> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}
