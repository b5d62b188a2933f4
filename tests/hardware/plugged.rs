//! The driver on a real port: a simulated board on a pseudo-terminal.

use std::path::Path;

use space::{
    domain::model::Code,
    hardware::{
        DeviceCommand, DeviceReport, Reader as _, Strike as _,
        accx::{
            self, BoardReader, BoardStrike, Options,
            simulated::{BoardAction, Happening, Plugged, Seen, plug_in},
        },
    },
};
use tempfile::TempDir;

use crate::bench::{fob, patiently};

fn open(board: &Plugged) -> (BoardReader, BoardStrike) {
    accx::open(Options { port: board.path().to_owned() })
}

async fn next(reader: &mut BoardReader) -> DeviceReport {
    patiently(reader.next()).await.unwrap()
}

async fn connected(reader: &mut BoardReader, path: &Path) {
    let expected = DeviceReport::Connected(format!("TCM-ACCX 0.03 at {}", path.display()));
    while next(reader).await != expected {}
}

async fn see(board: &mut Plugged, expected: &Seen) {
    while patiently(board.next()).await.as_ref() != Some(expected) {}
}

/// Plugs in a board at a permanent path.
fn lasting() -> (TempDir, Plugged) {
    let dir = tempfile::tempdir().unwrap();
    let board = plug_in(Some(dir.path().join("board"))).unwrap();
    (dir, board)
}

#[tokio::test]
async fn readings_come_through() {
    let board = plug_in(None).unwrap();
    let (mut reader, _strike) = open(&board);
    connected(&mut reader, board.path()).await;
    board.act(BoardAction::PresentFob { fob: 15_408_774, reader: 1 });
    assert_eq!(next(&mut reader).await, fob("15408774"));
    board.act(BoardAction::Press("0042#".into()));
    let code = Code::passcode("0042").unwrap();
    assert_eq!(next(&mut reader).await, DeviceReport::Read { reader: 1, code });
    // Every byte except those of line breaks passes unchanged: nothing on the way turns any into
    // characters, signals or line breaks.
    for byte in (0..=255).filter(|byte| !b"\r\n".contains(byte) && !byte.is_ascii_digit()) {
        board.act(BoardAction::Noise(byte));
        board.act(BoardAction::Press("#".into()));
        let report = next(&mut reader).await;
        assert!(matches!(report, DeviceReport::Noise { reader: 1, .. }), "{byte}: {report:?}");
    }
    board.act(BoardAction::SendRaw(b"F7,2\r\n".to_vec()));
    let code = Code::fob("7").unwrap();
    assert_eq!(next(&mut reader).await, DeviceReport::Read { reader: 2, code });
}

#[tokio::test]
async fn it_comes_back_when_it_is_plugged_in_again() {
    let (_dir, mut board) = lasting();
    let (mut reader, mut strike) = open(&board);
    let path = board.path().to_owned();
    connected(&mut reader, &path).await;
    for _ in 0..2 {
        strike.send(DeviceCommand::Relay { relay: 1, on: true });
        see(&mut board, &Seen::Board(Happening::Relay { relay: 1, on: true })).await;
        board.act(BoardAction::Unplug);
        while !matches!(next(&mut reader).await, DeviceReport::Lost(_)) {}
        board.act(BoardAction::Plug);
        connected(&mut reader, &path).await;
        board.act(BoardAction::PresentFob { fob: 7, reader: 1 });
        assert_eq!(next(&mut reader).await, fob("7"));
    }
}

#[tokio::test]
async fn a_board_that_is_reset_is_prepared_again() {
    let board = plug_in(None).unwrap();
    let (mut reader, _strike) = open(&board);
    connected(&mut reader, board.path()).await;
    board.act(BoardAction::Reset);
    let report = next(&mut reader).await;
    assert!(matches!(&report, DeviceReport::Lost(words) if words.contains("reset")), "{report:?}");
    connected(&mut reader, board.path()).await;
}

#[tokio::test]
async fn the_port_is_for_one_program_alone() {
    let board = plug_in(None).unwrap();
    let (mut reader, strike) = open(&board);
    connected(&mut reader, board.path()).await;
    let (mut second, _) = open(&board);
    let report = next(&mut second).await;
    let DeviceReport::Lost(words) = report else { panic!("{report:?}") };
    assert!(words.contains("cannot be opened"), "{words}");
    drop(strike);
}

/// A program that dies without stopping properly still releases the relays, if the system leaves
/// it any time for that.
#[test]
fn a_runtime_that_ends_at_once_releases_the_relays() {
    let outer = runtime();
    let mut board = outer.block_on(async { plug_in(None).unwrap() });
    let path = board.path().to_owned();
    let doomed = std::thread::spawn(move || {
        let runtime = runtime();
        let halves = runtime.block_on(async {
            let (mut reader, mut strike) = accx::open(Options { port: path });
            assert!(matches!(next(&mut reader).await, DeviceReport::Connected(_)));
            strike.send(DeviceCommand::Relay { relay: 2, on: true });
            assert_eq!(next(&mut reader).await, DeviceReport::Relay { relay: 2, on: true });
            (reader, strike)
        });
        drop(runtime);
        drop(halves);
    });
    outer.block_on(async {
        for on in [true, false] {
            see(&mut board, &Seen::Board(Happening::Relay { relay: 2, on })).await;
        }
    });
    doomed.join().unwrap();
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
