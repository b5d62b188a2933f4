//! A board as a device: the half that reports and the half that takes commands.

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::{Options, Ports, SerialPorts, driver};
use crate::hardware::{DeviceCommand, DeviceReport, Reader, Strike};

/// Opens a board and keeps it open: if it is lost, it is looked for until it is found.
///
/// Must be called within a tokio runtime. When the [`BoardStrike`] is dropped, all relays are
/// released; the [`BoardReader`] ends once the board has confirmed that, or a second later. So to
/// stop, drop the former and read the latter to its end before the runtime ends.
#[must_use]
pub fn open(options: Options) -> (BoardReader, BoardStrike) {
    let name = options.port.display().to_string();
    join(name, SerialPorts::new(options.port))
}

/// Like [`open`], over any connection to a board; `name` is for people.
#[must_use]
pub fn join(name: String, ports: impl Ports) -> (BoardReader, BoardStrike) {
    let (commands, received) = mpsc::unbounded_channel();
    let (sender, reports) = mpsc::unbounded_channel();
    tokio::spawn(driver::run(name, ports, received, sender));
    (BoardReader { reports }, BoardStrike { commands })
}

/// The half that reports.
#[derive(Debug)]
pub struct BoardReader {
    reports: UnboundedReceiver<DeviceReport>,
}

/// The half that takes commands.
#[derive(Debug)]
pub struct BoardStrike {
    commands: UnboundedSender<DeviceCommand>,
}

impl Reader for BoardReader {
    async fn next(&mut self) -> Option<DeviceReport> {
        self.reports.recv().await
    }
}

impl Strike for BoardStrike {
    fn send(&mut self, command: DeviceCommand) {
        let _ = self.commands.send(command); // at the very end, nobody is listening
    }
}
