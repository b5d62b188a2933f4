//! The task that connects a port with the protocol, and opens it again when it fails.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    sync::mpsc::{UnboundedReceiver, UnboundedSender},
    time::{Instant, sleep_until, timeout},
};

use super::{
    Ports,
    protocol::{Event, Protocol},
};
use crate::hardware::{DeviceCommand, DeviceReport, pause};

/// The timeout for writing a few bytes.
const WRITE_TIMEOUT: Duration = Duration::from_secs(1);

/// Runs until nobody can send commands any more.
pub(super) async fn run(
    name: String,
    mut ports: impl Ports,
    mut commands: UnboundedReceiver<DeviceCommand>,
    reports: UnboundedSender<DeviceReport>,
) {
    let mut out = Out { reports, lost: None };
    let mut failures = 0_u32;
    loop {
        match ports.open() {
            Ok((port, reset)) => {
                let protocol = Protocol::new(&name);
                match converse(protocol, port, reset, &mut commands, &mut out).await {
                    End::Stopped => return,
                    End::Lost { was_ready: true } => failures = 0,
                    End::Lost { was_ready: false } => {}
                }
            }
            Err(error) => out.report(DeviceReport::Lost(open_failed(&name, &error))),
        }
        failures = failures.saturating_add(1);
        let until = Instant::now() + pause::after(failures);
        loop {
            tokio::select! {
                // Commands to a missing board are dropped.
                command = commands.recv() => if command.is_none() { return },
                () = sleep_until(until) => break,
            }
        }
    }
}

/// How a conversation ended.
enum End {
    Stopped,
    Lost { was_ready: bool },
}

async fn converse(
    mut protocol: Protocol,
    mut port: impl AsyncRead + AsyncWrite + Unpin,
    reset: bool,
    commands: &mut UnboundedReceiver<DeviceCommand>,
    out: &mut Out,
) -> End {
    let start = Instant::now();
    let (mut stopping, mut was_ready) = (false, false);
    let mut buffer = [0; 256];
    let mut event = Event::Open { reset };
    loop {
        let step = protocol.handle(event, start.elapsed());
        was_ready |= protocol.is_ready();
        // Sending comes first: a member waits for it, while nobody waits for a report.
        let sent = if step.send.is_empty() { Ok(()) } else { send(&mut port, &step.send).await };
        step.reports.into_iter().for_each(|report| out.report(report));
        if protocol.is_over() {
            return if stopping { End::Stopped } else { End::Lost { was_ready } };
        }
        if let Err(error) = sent {
            event = Event::Failed(port_failed(&error));
            continue;
        }
        let wake = start + protocol.wake().unwrap_or_default();
        event = tokio::select! {
            biased;
            command = commands.recv(), if !stopping => match command {
                Some(command) => Event::Command(command),
                None => {
                    stopping = true;
                    Event::Stop
                }
            },
            read = port.read(&mut buffer) => match read {
                Ok(0) => Event::Failed("the board was unplugged".to_owned()),
                Ok(length) => Event::Bytes(&buffer[..length]),
                Err(error) => Event::Failed(port_failed(&error)),
            },
            () = sleep_until(wake) => Event::Time,
        };
    }
}

async fn send(port: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    let late = |_| io::Error::new(io::ErrorKind::TimedOut, "the board does not receive");
    timeout(WRITE_TIMEOUT, port.write_all(bytes)).await.map_err(late)?
}

fn port_failed(error: &io::Error) -> String {
    format!("the board was unplugged, or its port failed: {error}")
}

fn open_failed(name: &str, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "it does not exist: is the board plugged in?".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "this user may not use it: add the user to the group that owns it".to_owned()
        }
        io::ErrorKind::Unsupported => error.to_string(),
        _ => format!("{error}; is another program using it?"),
    };
    format!("{name} cannot be opened: {why}")
}

/// Sends reports, but repeats the reason for a lost board only when it changes.
struct Out {
    reports: UnboundedSender<DeviceReport>,
    lost: Option<String>,
}

impl Out {
    fn report(&mut self, report: DeviceReport) {
        match &report {
            DeviceReport::Lost(words) if self.lost.as_ref() == Some(words) => return,
            DeviceReport::Lost(words) => self.lost = Some(words.clone()),
            DeviceReport::Connected(_) => self.lost = None,
            _ => {}
        }
        let _ = self.reports.send(report); // without a listener, relays still have to work
    }
}
