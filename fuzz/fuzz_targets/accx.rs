//! Any output of a board, mixed with any commands to it: `cargo +nightly fuzz run accx`.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use space::hardware::{
    Feedback, DeviceReport, DeviceCommand,
    accx::{
        line::Lines,
        protocol::{Event, Protocol, QUIET, STOP, Step},
    },
};

/// The most that a step may send: every relay and light once, and the bytes of stopping.
const MOST_SENT: usize = 64;

fuzz_target!(|input: &[u8]| {
    // However the bytes are split, the result is the same.
    let whole = Lines::default().take(input);
    let mut lines = Lines::default();
    let (left, right) = input.split_at(input.len() / 2);
    let mut cut = lines.take(left);
    cut.extend(lines.take(right));
    assert_eq!(whole, cut);

    let mut now = Duration::ZERO;
    let mut protocol = Protocol::new("port");
    let mut connected = false;
    let mut check = |step: Step| {
        assert!(step.send.len() <= MOST_SENT);
        for report in step.reports {
            match report {
                DeviceReport::Connected(_) => connected = true,
                DeviceReport::Lost(_) => connected = false,
                DeviceReport::Relay { relay, .. } => {
                    assert!(connected && (1..=4).contains(&relay));
                }
                DeviceReport::Noise { reader, words } => {
                    assert!((1..=2).contains(&reader) && !words.contains("4455"));
                }
                DeviceReport::Read { reader, .. } => assert!((1..=2).contains(&reader)),
                DeviceReport::Input { .. } => panic!("the board has no inputs"),
            }
        }
    };
    let reset = input.first().is_some_and(|byte| byte % 2 == 0);
    check(protocol.handle(Event::Open { reset }, now));
    let mut rest = input;
    while let [kind, length, after @ ..] = rest {
        let length = usize::from(*length).min(after.len());
        let event = match kind % 8 {
            0..=3 => {
                let (bytes, after) = after.split_at(length);
                rest = after;
                Event::Bytes(bytes)
            }
            4 => {
                rest = after;
                // The answer of a board to any command.
                Event::Bytes(
                    b"G\r\nE0\r\nIm:TCM-ACCX,v:0.03,s:2,r:4\r\nO1\r\nO2\r\nO3\r\nO4\r\nC1\r\n",
                )
            }
            5 => {
                rest = after;
                Event::Command(DeviceCommand::Relay { relay: length as u8 % 8, on: kind & 8 != 0 })
            }
            6 => {
                rest = after;
                let feedback = if kind & 8 == 0 { Feedback::Granted } else { Feedback::Idle };
                Event::Command(DeviceCommand::Feedback { reader: length as u8 % 4, feedback })
            }
            _ => {
                rest = after;
                now += Duration::from_millis(20 * length as u64);
                Event::Time
            }
        };
        check(protocol.handle(event, now));
    }
    // A caller that waits as told is not kept busy.
    let until = now + QUIET;
    let mut calls = 0;
    while let Some(wake) = protocol.wake().filter(|wake| *wake <= until) {
        now = now.max(wake);
        check(protocol.handle(Event::Time, now));
        calls += 1;
        assert!(calls < 100, "it never comes to rest");
    }
    check(protocol.handle(Event::Stop, now));
    check(protocol.handle(Event::Time, now + STOP));
    assert!(protocol.is_over());
});
