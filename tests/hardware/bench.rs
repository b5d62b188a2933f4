//! A simulated board on a wire in memory, so that time is a number under the test's control.

use std::{
    future::Future,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use space::{
    domain::model::Code,
    hardware::{
        DeviceCommand, DeviceReport, Reader, Strike,
        accx::{
            self, BoardReader, BoardStrike, Ports,
            simulated::{Fault, SimulatedBoard},
        },
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream},
    sync::Notify,
    time::Instant,
};

/// Far longer than anything takes; reaching it means that the test has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A driver, and the board it drives. Every test pauses the clock: it advances when all are
/// waiting.
pub(crate) struct Bench {
    pub(crate) reader: BoardReader,
    pub(crate) strike: Option<BoardStrike>,
    table: Arc<Table>,
}

/// What the board, its wire and the test share.
struct Table {
    board: Mutex<SimulatedBoard>,
    /// When the port was opened, or an attempt failed.
    openings: Mutex<Vec<Instant>>,
    /// What the board received, and when.
    sent: Mutex<Vec<(Instant, u8)>>,
    plugged: Mutex<bool>,
    changed: Notify,
}

impl Bench {
    /// Plugs the board in and opens its port.
    pub(crate) fn new() -> Self {
        let mut board = SimulatedBoard::new();
        // Somebody left it with every relay energised.
        board.receive(b"c1\rc2\rc3\rc4\r");
        let table = Arc::new(Table {
            board: Mutex::new(board),
            openings: Mutex::default(),
            sent: Mutex::default(),
            plugged: Mutex::new(true),
            changed: Notify::new(),
        });
        let (reader, strike) = accx::join("the bench".into(), Wires(table.clone()));
        Self { reader, strike: Some(strike), table }
    }

    pub(crate) async fn connected() -> Self {
        let mut bench = Self::new();
        bench.connect().await;
        bench
    }

    pub(crate) async fn connect(&mut self) {
        let report = self.next().await;
        assert_eq!(report, DeviceReport::Connected("TCM-ACCX 0.03 at the bench".into()));
        assert_eq!(self.relays(), [false; 4]);
    }

    pub(crate) async fn next(&mut self) -> DeviceReport {
        patiently(self.reader.next()).await.expect("the driver goes on")
    }

    /// Waits until the board is reported as lost; returns the reason.
    pub(crate) async fn lost(&mut self) -> String {
        loop {
            if let DeviceReport::Lost(words) = self.next().await {
                return words;
            }
        }
    }

    pub(crate) fn tell(&mut self, relay: u8, on: bool) {
        self.strike.as_mut().unwrap().send(DeviceCommand::Relay { relay, on });
    }

    /// Switches a relay, and waits until the board has confirmed it.
    pub(crate) async fn move_relay(&mut self, relay: u8, on: bool) {
        self.tell(relay, on);
        while self.next().await != (DeviceReport::Relay { relay, on }) {}
        assert_eq!(self.relays()[usize::from(relay - 1)], on);
    }

    /// Operates the board.
    pub(crate) fn board<T>(&self, play: impl FnOnce(&mut SimulatedBoard) -> T) -> T {
        let result = play(&mut self.table.board.lock().unwrap());
        self.table.changed.notify_one();
        result
    }

    pub(crate) fn misbehave(&self, times: usize, fault: &Fault) {
        self.board(|board| (0..times).for_each(|_| board.inject_fault(fault.clone())));
    }

    pub(crate) fn relays(&self) -> [bool; 4] {
        self.board(|board| board.relays())
    }

    pub(crate) fn unplug(&self) {
        *self.table.plugged.lock().unwrap() = false;
        self.board(SimulatedBoard::reset);
    }

    pub(crate) fn plug(&self) {
        *self.table.plugged.lock().unwrap() = true;
    }

    pub(crate) fn openings(&self) -> Vec<Instant> {
        self.table.openings.lock().unwrap().clone()
    }

    /// Returns what the board has received since the last call.
    pub(crate) fn sent(&self) -> String {
        let sent = std::mem::take(&mut *self.table.sent.lock().unwrap());
        sent.into_iter().map(|(_, byte)| char::from(byte)).collect()
    }

    /// Returns when the board last received something.
    pub(crate) fn last_sent(&self) -> Instant {
        self.table.sent.lock().unwrap().last().unwrap().0
    }
}

/// Waits, with a time limit.
pub(crate) async fn patiently<T>(what: impl Future<Output = T>) -> T {
    // A driver waits a minute for a silent board, which costs nothing here.
    tokio::time::timeout(PATIENCE * 10, what).await.expect("it happens in time")
}

pub(crate) fn fob(number: &str) -> DeviceReport {
    DeviceReport::Read { reader: 1, code: Code::fob(number).unwrap() }
}

struct Wires(Arc<Table>);

impl Ports for Wires {
    type Port = DuplexStream;

    fn open(&mut self) -> io::Result<(DuplexStream, bool)> {
        self.0.openings.lock().unwrap().push(Instant::now());
        if !*self.0.plugged.lock().unwrap() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let (port, wire) = tokio::io::duplex(1024);
        let mut board = self.0.board.lock().unwrap();
        board.take_output();
        board.reset();
        tokio::spawn(carry(self.0.clone(), wire));
        Ok((port, true))
    }
}

/// Carries bytes until the board is unplugged or the port closed.
async fn carry(table: Arc<Table>, mut wire: DuplexStream) {
    let mut buffer = [0; 64];
    loop {
        let said = table.board.lock().unwrap().take_output();
        if !*table.plugged.lock().unwrap() || wire.write_all(&said).await.is_err() {
            return;
        }
        tokio::select! {
            read = wire.read(&mut buffer) => {
                let Ok(length @ 1..) = read else { return };
                let bytes = &buffer[..length];
                let now = Instant::now();
                table.sent.lock().unwrap().extend(bytes.iter().map(|byte| (now, *byte)));
                table.board.lock().unwrap().receive(bytes);
            }
            () = table.changed.notified() => {}
        }
    }
}
