//! Lets both directions work until the system ends the program.

use std::{
    io::Write,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{
    Event, Options, Receiver, Sender, StatusFile, board::Board, pause::Pause, screen::Screen,
    steps::Steps,
};
use crate::{
    app::{AppError, queue},
    clock,
    disk::watch::Watch,
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| AppError::internal(error.to_string()))?;
    runtime.block_on(serve(options, out))
}

async fn serve(options: Options, out: impl Write + Send + 'static) -> Result<(), AppError> {
    let Options { space, config, journal, show, words } = options;
    let now = clock::running();
    let store = Arc::new(Store::open(&space)?);
    let _sole = store.sole(KIND, "bridge.run", now())?;
    let queue = queue::open(&config, &store)?;
    let stop = stop_signal().map_err(|error| AppError::internal(error.to_string()))?;
    let file = StatusFile::new(StatusFile::path(config.status.as_deref(), &store));
    let screen = Screen::new(show, out);
    let bridge = Arc::new(Bridge {
        board: Board::new(screen, file, &config, queue.place(), now()),
        steps: Steps::default(),
        now: Box::new(now.clone()),
        poll: Duration::from_secs(config.poll_seconds),
        wait: Duration::from_secs(config.wait_seconds),
    });
    bridge.tell(Event::Started { place: queue.place() });
    // Told when a direction ends, which it does by itself only for a fault.
    let (ended, fault) = oneshot::channel::<()>();
    let ended = Arc::new(std::sync::Mutex::new(Some(ended)));
    let start = |name: &str, work: Box<dyn FnOnce() + Send>| {
        let ended = Ended(Arc::clone(&ended));
        let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
            let _ended = ended;
            work();
        });
        started.map(drop).map_err(|error| AppError::internal(error.to_string()))
    };
    if config.send {
        let cursor = Sender::cursor(&store);
        let new = !cursor.exists();
        let backlog = Backlog::open(&cursor, &journal, config.since.unwrap_or_else(&now))?;
        if new {
            bridge.tell(Event::Since { since: backlog.since() });
        }
        let sender = Sender::new(backlog, Arc::clone(&queue), config.clone());
        let (bridge, journal) = (Arc::clone(&bridge), journal.clone());
        start("sending", Box::new(move || bridge.send(sender, &journal)))?;
    }
    if config.receive {
        let receiver = Receiver::new(store, queue, config, words);
        let bridge = Arc::clone(&bridge);
        start("receiving", Box::new(move || bridge.receive(receiver)))?;
    }
    let mut service = Service::ready();
    let (mut stop, mut fault) = (std::pin::pin!(stop), fault);
    let stopped = loop {
        tokio::select! {
            () = &mut stop => break true,
            _ = &mut fault => break false,
            () = service.next() => if !bridge.board.is_stuck() { service.alive() },
        }
    };
    service.stopping();
    // Whoever waits for a queue need not be waited for.
    bridge.steps.end(LAST_STEP);
    bridge.tell(Event::Stopped);
    if stopped {
        Ok(())
    } else {
        Err(AppError::internal("the bridge has stopped for a fault in this program"))
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
    fn tell(&self, event: Event) {
        self.board.tell((self.now)(), &event);
    }

    fn receive(&self, mut receiver: Receiver) {
        let mut pause = Pause::new(self.poll);
        loop {
            let again = self.receive_once(&mut receiver, &mut pause);
            if !self.steps.pause(again) {
                return;
            }
        }
    }

    /// Receives once, and returns how long to wait until the next time.
    fn receive_once(&self, receiver: &mut Receiver, pause: &mut Pause) -> Duration {
        let gathered = receiver
            .ready((self.now)())
            .and_then(|()| receiver.gather(self.wait).map_err(|error| error.to_string()));
        let received = match gathered {
            Ok(received) => received,
            Err(words) => {
                self.board.received(Err(&words), (self.now)());
                return pause.longer();
            }
        };
        let Some(_step) = self.steps.begin() else {
            receiver.put_back(&received);
            return Duration::ZERO;
        };
        let handled = receiver.handle(received, (self.now)(), &mut |event| self.tell(event));
        self.board.received(Ok(&handled), (self.now)());
        if handled.trouble.is_some() || handled.in_a_circle {
            return pause.longer();
        }
        pause.reset();
        if handled.received == 0 && self.wait.is_zero() { self.poll } else { Duration::ZERO }
    }

    fn send(&self, mut sender: Sender, journal: &std::path::Path) {
        let (hint, hints) = mpsc::channel();
        // The watch begins before the first look, so that nothing is missed in between.
        let mut watch = Watch::folder(journal, move || {
            let _ = hint.send(()); // a receiver that is gone needs no hint
        });
        let mut pause = Pause::new(self.poll);
        loop {
            watch.renew();
            let Some(step) = self.steps.begin() else { return };
            let sent = sender.round((self.now)(), &mut |event| self.tell(event));
            drop(step);
            self.board.sent(&sent, (self.now)());
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

/// Tells that a direction has ended, when dropped.
struct Ended(Arc<std::sync::Mutex<Option<oneshot::Sender<()>>>>);

impl Drop for Ended {
    fn drop(&mut self) {
        let sender = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(sender) = sender {
            let _ = sender.send(()); // at the end, nobody listens
        }
    }
}
