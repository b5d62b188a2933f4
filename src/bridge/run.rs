//! Lets both directions work until the system ends the program.

use std::{io::Write, sync::Arc, thread, time::Duration};

use tokio::sync::mpsc;

use super::{Event, Options, Receiver, Sender, StatusFile, reporter::Reporter, worker::Worker};
use crate::{
    app::{AppError, queue},
    clock,
    service::{Log, Service, stop_signal},
    store::Store,
};

/// The name of the bridge among the processes of which there is one.
pub const KIND: &str = "bridge";

/// How long a step that is under way may take once the program is to end.
const LAST_STEP: Duration = Duration::from_secs(10);

/// Runs the bridge until a signal stops it.
///
/// # Errors
/// Another bridge works with this repository, or the repository or the settings of the queue cannot be
/// used at the start; with `once`, also what keeps messages from being received or sent.
pub fn run(options: Options, out: impl Write + Send + 'static) -> Result<(), AppError> {
    let internal = |error: std::io::Error| AppError::internal(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(internal)?;
    let signal = {
        let _inside = runtime.enter();
        stop_signal().map_err(internal)?
    };
    let Options { space, config, journal, once, show, words } = options;
    let now = clock::running();
    let store = Arc::new(Store::open(&space)?);
    let _sole = store.sole(KIND, "bridge.run", now())?;
    let queue = queue::open(&config, &store)?;
    let file = StatusFile::new(StatusFile::path(config.status.as_deref(), &store));
    let reporter =
        Reporter::new(Log::new(show, out, &journal, KIND), file, &config, queue.place(), now());
    let worker = Arc::new(Worker::new(reporter, now.clone(), &config));
    worker.tell(&Event::Started { place: queue.place() });
    let sender = config.send.then(|| {
        let cursor = Sender::cursor(&store);
        Sender::new(cursor, journal.clone(), Arc::clone(&queue), config.clone())
    });
    let receiver = config.receive.then(|| Receiver::new(store, queue, config, words));
    if once {
        let done = worker.once(receiver, sender);
        worker.reporter.close();
        return done;
    }
    let (ended, fault) = mpsc::channel(1);
    if let Some(sender) = sender {
        let worker = Arc::clone(&worker);
        start("sending", ended.clone(), move || worker.send(sender, &journal))?;
    }
    if let Some(receiver) = receiver {
        let worker = Arc::clone(&worker);
        start("receiving", ended, move || worker.receive(receiver))?;
    }
    let stopped = runtime.block_on(watch_over(&worker.reporter, signal, fault));
    // Whoever waits for a queue need not be waited for.
    worker.steps.end(LAST_STEP);
    worker.reporter.close();
    worker.tell(&Event::Stopped);
    if stopped {
        return Ok(());
    }
    Err(AppError::internal("the bridge has stopped because of a fault in this program"))
}

/// Starts a direction in its own thread. It holds on to `ended`, so that its end is noticed.
fn start(
    name: &str,
    ended: mpsc::Sender<()>,
    work: impl FnOnce() + Send + 'static,
) -> Result<(), AppError> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
        let _told = EndNotice(ended);
        work();
    });
    started.map(drop).map_err(|error| AppError::internal(error.to_string()))
}

/// Reports that the bridge is alive until it is asked to end; tells whether it was, or whether a
/// direction ended by itself.
async fn watch_over<W: Write>(
    reporter: &Reporter<W>,
    signal: impl Future<Output = ()>,
    mut fault: mpsc::Receiver<()>,
) -> bool {
    let mut service = Service::ready();
    let mut signal = std::pin::pin!(signal);
    let stopped = loop {
        tokio::select! {
            () = &mut signal => break true,
            _ = fault.recv() => break false,
            () = service.next() => service.alive_if(!reporter.is_stuck()),
        }
    };
    service.stopping();
    stopped
}

/// Tells that a direction has ended, when dropped.
struct EndNotice(mpsc::Sender<()>);

impl Drop for EndNotice {
    fn drop(&mut self) {
        let _ = self.0.try_send(()); // at the end, nobody listens
    }
}
