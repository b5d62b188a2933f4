//! Lets both directions work until the system ends the program.

use std::{
    io::Write,
    path::Path,
    sync::{Arc, mpsc as hints},
    thread,
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{
    Event, Options, Received, Receiver, Sender, Sent, StatusFile, board::Board, pause::Pause,
    screen::Screen, steps::Steps,
};
use crate::{
    app::{AppError, queue},
    clock,
    config::BridgeConfig,
    disk::watch::Watch,
    integrations::queue::Queue,
    service::{Service, stop_signal},
    store::{Store, journal::Backlog},
};

/// The name of the bridge among the processes of which there is one.
pub const KIND: &str = "bridge";

/// How long a step that is under way may take once the program is to end.
const LAST_STEP: Duration = Duration::from_secs(10);

/// Runs the bridge until a signal stops it.
///
/// # Errors
/// Another bridge works with this repository, or the repository, the queue or the cursor cannot be
/// used at the start.
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
    let board = Board::new(Screen::new(show, out), file, &config, queue.place(), now());
    let bridge = Arc::new(Bridge {
        board,
        steps: Steps::default(),
        now: Box::new(now.clone()),
        poll: Duration::from_secs(config.poll_seconds),
        wait: Duration::from_secs(config.wait_seconds),
    });
    bridge.tell(&Event::Started { place: queue.place() });
    let sender = match config.send {
        true => Some(bridge.sender(&store, &queue, &config, &journal)?),
        false => None,
    };
    let receiver =
        config.receive.then(|| Receiver::new(store, Arc::clone(&queue), config.clone(), words));
    if once {
        let done = bridge.once(receiver, sender);
        bridge.board.close();
        return done;
    }
    let (ended, fault) = mpsc::channel(1);
    if let Some(sender) = sender {
        let bridge = Arc::clone(&bridge);
        start("sending", ended.clone(), move || bridge.send(sender, &journal))?;
    }
    if let Some(receiver) = receiver {
        let bridge = Arc::clone(&bridge);
        start("receiving", ended, move || bridge.receive(receiver))?;
    }
    let stopped = runtime.block_on(watch_over(&bridge.board, signal, fault));
    // Whoever waits for a queue need not be waited for.
    bridge.steps.end(LAST_STEP);
    bridge.board.close();
    bridge.tell(&Event::Stopped);
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
        let _told = Told(ended);
        work();
    });
    started.map(drop).map_err(|error| AppError::internal(error.to_string()))
}

/// Reports that the bridge is alive until it is asked to end; tells whether it was, or whether a
/// direction ended by itself.
async fn watch_over<W: Write>(
    board: &Board<W>,
    signal: impl Future<Output = ()>,
    mut fault: mpsc::Receiver<()>,
) -> bool {
    let mut service = Service::ready();
    let mut signal = std::pin::pin!(signal);
    let stopped = loop {
        tokio::select! {
            () = &mut signal => break true,
            _ = fault.recv() => break false,
            () = service.next() => service.alive_if(!board.is_stuck()),
        }
    };
    service.stopping();
    stopped
}

/// Tells that a direction has ended, when dropped.
struct Told(mpsc::Sender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        let _ = self.0.try_send(()); // at the end, nobody listens
    }
}

/// What both directions share.
struct Bridge<W> {
    board: Board<W>,
    steps: Steps,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    poll: Duration,
    wait: Duration,
}

impl<W: Write> Bridge<W> {
    fn tell(&self, event: &Event) {
        self.board.tell((self.now)(), event);
    }

    /// Makes the sender, and tells from when on a new one sends.
    fn sender(
        &self,
        store: &Store,
        queue: &Arc<dyn Queue>,
        config: &BridgeConfig,
        journal: &Path,
    ) -> Result<Sender, AppError> {
        let cursor = Sender::cursor(store);
        let new = !cursor.exists();
        let since = config.since.unwrap_or_else(|| (self.now)());
        let backlog = Backlog::open(&cursor, journal, since)?;
        if new {
            self.tell(&Event::Since { since: backlog.since() });
        }
        Ok(Sender::new(backlog, Arc::clone(queue), config.clone()))
    }

    /// Receives and sends what is there.
    fn once(&self, receiver: Option<Receiver>, sender: Option<Sender>) -> Result<(), AppError> {
        let fail = |words: String| Err(AppError::internal(words));
        if let Some(mut receiver) = receiver {
            loop {
                let handled = match self.receive_once(&mut receiver, Duration::ZERO) {
                    Ok(handled) => handled,
                    Err(words) => return fail(words),
                };
                if let Some(words) = handled.trouble {
                    return fail(words);
                }
                if handled.received == handled.left + handled.waiting {
                    break;
                }
            }
        }
        if let Some(mut sender) = sender {
            loop {
                let sent = self.send_once(&mut sender);
                if let Some(words) = sent.trouble {
                    return fail(words);
                }
                if !sent.more {
                    break;
                }
            }
        }
        Ok(())
    }

    fn receive(&self, mut receiver: Receiver) {
        let mut pause = Pause::new(self.poll);
        loop {
            let again = match self.receive_once(&mut receiver, self.wait) {
                Ok(handled) if handled.trouble.is_some() || handled.in_a_circle => pause.longer(),
                Ok(handled) => {
                    pause.reset();
                    let idle = handled.received == 0 && self.wait.is_zero();
                    if idle { self.poll } else { Duration::ZERO }
                }
                Err(_) => pause.longer(),
            };
            if !self.steps.pause(again) {
                return;
            }
        }
    }

    /// Receives and applies messages.
    ///
    /// # Errors
    /// Why none can be received now; it was told.
    fn receive_once(&self, receiver: &mut Receiver, wait: Duration) -> Result<Received, String> {
        let gathered = receiver
            .ready((self.now)())
            .and_then(|()| receiver.gather(wait).map_err(|error| error.to_string()));
        let received = gathered.inspect_err(|words| {
            self.board.received(Err(words), (self.now)());
        })?;
        let Some(_step) = self.steps.begin() else {
            receiver.put_back(&received);
            return Ok(Received::default());
        };
        let handled = receiver.handle(received, (self.now)(), &mut |event| self.tell(&event));
        self.board.received(Ok(&handled), (self.now)());
        Ok(handled)
    }

    fn send_once(&self, sender: &mut Sender) -> Sent {
        let sent = sender.round((self.now)(), &mut |event| self.tell(&event));
        self.board.sent(&sent, (self.now)());
        sent
    }

    fn send(&self, mut sender: Sender, journal: &Path) {
        let (hint, hints) = hints::channel();
        // The watch begins before the first look, so that nothing is missed in between.
        let mut watch = Watch::folder(journal, move || {
            let _ = hint.send(()); // a receiver that is gone needs no hint
        });
        let mut pause = Pause::new(self.poll);
        loop {
            watch.renew();
            let Some(step) = self.steps.begin() else { return };
            let sent = self.send_once(&mut sender);
            drop(step);
            if sent.trouble.is_some() {
                if !self.steps.pause(pause.longer()) {
                    return;
                }
                continue;
            }
            pause.reset();
            if !sent.more {
                // A time-out is as good as a hint: look again.
                let _ = hints.recv_timeout(self.poll);
                hints.try_iter().for_each(drop);
            }
        }
    }
}
