//! What every device does alike.

use std::path::PathBuf;

use space::hardware::{
    DeviceCommand, DeviceReport, Reader, Strike,
    accx::{
        self, Options,
        simulated::{Happening, Plugged, Seen, plug_in},
    },
    simulator,
};

use crate::bench::patiently;

/// The state of a device's relays, seen from outside; a device that only records has none.
trait Outside {
    /// Returns the state once the device has come to its end.
    async fn relays(&mut self) -> Vec<bool>;
}

/// Tests a device against what all promise.
async fn holds(mut reader: impl Reader, mut strike: impl Strike, mut outside: impl Outside) {
    let first = patiently(reader.next()).await;
    assert!(matches!(first, Some(DeviceReport::Connected(_))), "{first:?}");
    let mut tell = |relay, on| strike.send(DeviceCommand::Relay { relay, on });
    for (relay, on) in [(1, true), (1, true), (2, true), (1, false), (1, false), (1, true)] {
        tell(relay, on);
        let report = patiently(reader.next()).await;
        assert_eq!(report, Some(DeviceReport::Relay { relay, on }));
    }
    // Both are on; stopping releases them, and nothing is reported about other relays.
    drop(strike);
    while let Some(report) = patiently(reader.next()).await {
        assert!(matches!(report, DeviceReport::Relay { on: false, .. }), "{report:?}");
    }
    assert!(!outside.relays().await.contains(&true));
}

struct Nothing;

impl Outside for Nothing {
    async fn relays(&mut self) -> Vec<bool> {
        vec![]
    }
}

impl Outside for Plugged {
    async fn relays(&mut self) -> Vec<bool> {
        let (mut relays, mut moves) = (vec![false; 4], 0);
        loop {
            match patiently(self.next()).await.unwrap() {
                Seen::Board(Happening::Relay { relay, on }) => {
                    relays[usize::from(relay - 1)] = on;
                    moves += 1;
                }
                Seen::Closed => break,
                _ => {}
            }
        }
        assert!(moves >= 6, "only {moves} were seen");
        relays
    }
}

#[tokio::test]
async fn the_simulator_does() {
    let (reader, strike) = simulator::device();
    holds(reader, strike, Nothing).await;
}

#[tokio::test]
async fn the_board_does() {
    let board = plug_in(None).unwrap();
    let (reader, strike) = accx::open(Options { port: PathBuf::from(board.path()) });
    holds(reader, strike, board).await;
}
