//! A device that carries out commands and reports them.

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use crate::hardware::{DeviceCommand, DeviceReport, Reader, Strike};

/// Makes a device whose relays are only recorded.
#[must_use]
pub fn device() -> (SimulatedReader, SimulatedStrike) {
    let (sender, reports) = mpsc::unbounded_channel();
    let connected = DeviceReport::Connected("the simulator".to_owned());
    let _ = sender.send(connected); // the other end is right here
    (SimulatedReader { reports }, SimulatedStrike { reports: sender })
}

/// The half that reports.
#[derive(Debug)]
pub struct SimulatedReader {
    reports: UnboundedReceiver<DeviceReport>,
}

/// The half that takes commands.
#[derive(Debug)]
pub struct SimulatedStrike {
    reports: UnboundedSender<DeviceReport>,
}

impl Reader for SimulatedReader {
    async fn next(&mut self) -> Option<DeviceReport> {
        self.reports.recv().await
    }
}

impl Strike for SimulatedStrike {
    fn send(&mut self, command: DeviceCommand) {
        if let DeviceCommand::Relay { relay, on } = command {
            let _ = self.reports.send(DeviceReport::Relay { relay, on }); // nobody may be listening
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_confirms_what_it_was_told() {
        let (mut reader, mut strike) = device();
        assert!(matches!(reader.next().await, Some(DeviceReport::Connected(_))));
        strike.send(DeviceCommand::Relay { relay: 2, on: true });
        assert_eq!(reader.next().await, Some(DeviceReport::Relay { relay: 2, on: true }));
        drop(strike);
        assert_eq!(reader.next().await, None);
    }
}
