//! The running devices of this machine: their reports in one queue, and their commands.

use std::{collections::BTreeMap, time::Duration};

use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    task::JoinSet,
};

#[cfg(unix)]
use crate::hardware::accx;
use crate::{
    config::{Device, Wire},
    domain::model::Slug,
    hardware::{DeviceCommand, DeviceReport, Feedback, Reader, Strike, gpio, keyboard, simulator},
};

/// The number of reports that may wait in the queue.
const QUEUE_LENGTH: usize = 256;

/// How long the devices have to lock everything at the end.
const STOP_TIMEOUT: Duration = Duration::from_millis(1500);

/// The devices, each with its two halves.
pub(super) struct RunningDevices {
    strikes: BTreeMap<Slug, Box<dyn Strike>>,
    sender: Sender<(Slug, DeviceReport)>,
    reports: Receiver<(Slug, DeviceReport)>,
    readers: JoinSet<()>,
}

impl RunningDevices {
    /// Starts all devices. Must be called within a tokio runtime.
    pub(super) fn start(devices: &BTreeMap<Slug, Device>) -> Self {
        let (sender, reports) = mpsc::channel(QUEUE_LENGTH);
        let strikes = BTreeMap::new();
        let mut running = Self { strikes, sender, reports, readers: JoinSet::new() };
        for (name, device) in devices {
            match device {
                Device::Simulator {} => running.add(name, simulator::device()),
                #[cfg(unix)]
                Device::Accx(options) => running.add(name, accx::open(options.clone())),
                Device::Gpio(options) => running.add(name, gpio::open(options.clone())),
                Device::Keyboard(options) => running.add(name, keyboard::open(options.clone())),
            }
        }
        running
    }

    fn add<R: Reader + 'static, S: Strike + 'static>(&mut self, name: &Slug, device: (R, S)) {
        let (mut reader, strike) = device;
        self.strikes.insert(name.clone(), Box::new(strike));
        let (name, sender) = (name.clone(), self.sender.clone());
        self.readers.spawn(async move {
            while let Some(report) = reader.next().await {
                if sender.send((name.clone(), report)).await.is_err() {
                    return;
                }
            }
        });
    }

    /// Waits for the next report of any device.
    pub(super) async fn next(&mut self) -> Option<(Slug, DeviceReport)> {
        self.reports.recv().await
    }

    /// Switches a relay on or off.
    pub(super) fn relay(&mut self, wire: &Wire, on: bool) {
        self.send(wire, DeviceCommand::Relay { relay: wire.number, on });
    }

    /// Gives feedback to the person at a reader.
    pub(super) fn feedback(&mut self, wire: &Wire, feedback: Feedback) {
        self.send(wire, DeviceCommand::Feedback { reader: wire.number, feedback });
    }

    fn send(&mut self, wire: &Wire, command: DeviceCommand) {
        if let Some(strike) = self.strikes.get_mut(&wire.device) {
            strike.send(command);
        }
    }

    /// Makes every device switch off its relays, and waits briefly until they have.
    pub(super) async fn stop(mut self) {
        drop(self.strikes);
        let (reports, readers) = (&mut self.reports, &mut self.readers);
        let stopped = async {
            loop {
                tokio::select! {
                    done = readers.join_next() => if done.is_none() { break },
                    _ = reports.recv() => {}
                }
            }
        };
        // A device that does not answer is not waited for.
        let _ = tokio::time::timeout(STOP_TIMEOUT, stopped).await;
    }
}
