//! Lets the machine and everything outside work until the system ends the program.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::{
    Effect, Event, Input, Machine, Options, StatusFile, Terms,
    outside::{self, InForce, Inbox, Posts, follow, read_outbox, store_outbox, untried},
};
use crate::{
    app::AppError,
    clock,
    disk::durable,
    service::{Log, Service, stop_signal},
    store::Store,
};

/// The name of this program among the processes of which there is one.
pub const KIND: &str = "chat";

/// What may wait for the machine before those that tell it something wait.
const WAITING: usize = 1_024;

/// How often time passes for the machine.
const TICK: Duration = Duration::from_millis(250);

/// Posts and answers until a signal.
///
/// # Errors
/// Another one works with this repository, or the repository or a chat's settings cannot be used at the
/// start.
pub fn run(options: Options, out: impl Write + Send + 'static) -> Result<(), AppError> {
    let internal = |error: io::Error| AppError::internal(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(internal)?;
    let signal = {
        let _inside = runtime.enter();
        stop_signal().map_err(internal)?
    };
    let now = clock::running();
    let Options { space, config, journal, show } = options;
    if config.chats.is_empty() {
        return Err(AppError::user("no chat is configured on this machine").hint(
            "describe one in /etc/space/services.toml, or name a file in SPACE_SERVICES_CONFIG"
                .to_owned(),
        ));
    }
    let store = Arc::new(Store::open(&space)?);
    let _sole = store.sole(KIND, "chat.run", now())?;
    let outbox = read_outbox(&store)?;
    let last = outbox.commit;
    let (sender, inputs) = sync_channel(WAITING);
    let clocked = std::sync::Mutex::new(now.clone());
    let inbox = Inbox::new(sender, move || {
        clocked.lock().unwrap_or_else(std::sync::PoisonError::into_inner)()
    });
    let posts = Posts::start(&inbox, &config)?;
    let in_force = InForce::default();
    outside::watch(&inbox, &config, &journal, &in_force, &store)?;
    let terms = Terms { chats: config.chats.keys().cloned().collect() };
    let mut wires = Wires {
        machine: Machine::new(terms, outbox, now()),
        posts,
        store: Arc::clone(&store),
        status: StatusFile::new(StatusFile::path(&store)),
        log: Log::new(show, out, &journal, KIND),
        inbox: inbox.clone(),
        complained: false,
    };
    wires.log.show(now(), &Event::Started { chats: config.chats.len() });
    let following = follow(inbox.clone(), store, in_force, last, now);
    let (ended, fault) = oneshot::channel();
    let alive = Arc::new(AtomicBool::new(true));
    let turning = Arc::clone(&alive);
    let worker = thread::Builder::new().name("machine".into()).spawn(move || {
        wires.turn(&inputs, &turning);
        wires.log.show(wires.inbox.now(), &Event::Stopped);
        let _ = ended.send(()); // whoever waits may be gone
    });
    let worker = worker.map_err(internal)?;
    let stopped = runtime.block_on(watch_over(&alive, signal, fault));
    inbox.end();
    drop(following);
    let whole = worker.join().is_ok();
    if stopped && whole {
        return Ok(());
    }
    Err(AppError::internal("the program has stopped because of a fault in it"))
}

/// Reports that the program is alive until it is asked to end; tells whether it was, or whether the
/// machine ended by itself.
async fn watch_over(
    alive: &AtomicBool,
    signal: impl Future<Output = ()>,
    mut fault: oneshot::Receiver<()>,
) -> bool {
    let mut service = Service::ready();
    let mut signal = std::pin::pin!(signal);
    let stopped = loop {
        tokio::select! {
            () = &mut signal => break true,
            _ = &mut fault => break false,
            () = service.next() => service.alive_if(alive.swap(false, Ordering::Relaxed)),
        }
    };
    service.stopping();
    stopped
}

/// The machine, and what carries out what it wants.
struct Wires<W> {
    machine: Machine,
    posts: Posts,
    store: Arc<Store>,
    status: StatusFile,
    log: Log<W>,
    inbox: Inbox,
    /// Whether something could not be written, which is told once.
    complained: bool,
}

impl<W: Write> Wires<W> {
    fn turn(&mut self, inputs: &Receiver<Input>, alive: &AtomicBool) {
        let mut next = Instant::now();
        while !self.inbox.is_ending() {
            let left = next.saturating_duration_since(Instant::now());
            match inputs.recv_timeout(left) {
                Ok(input) => self.handle(input),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if Instant::now() >= next {
                next = Instant::now() + TICK;
                alive.store(true, Ordering::Relaxed);
                self.handle(Input::Tick);
            }
        }
    }

    fn handle(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let mut forgetful = false;
            for effect in self.machine.handle(input, self.inbox.now()) {
                match effect {
                    Effect::Remember(outbox) => {
                        let kept = store_outbox(&self.store, &outbox);
                        forgetful = kept.is_err();
                        self.complain(kept.err().map(|it| it.to_string()));
                    }
                    Effect::Post(job) if forgetful => inputs.push(untried(job)),
                    Effect::Post(job) => self.posts.send(job),
                    Effect::Discard(path) => {
                        if !forgetful {
                            let _ = durable::remove(&path); // then it comes again, and is known
                        }
                    }
                    Effect::Show(status) => {
                        let written = self.status.write(status);
                        self.complain(written.err().map(|it| format!("chat.json: {it}")));
                    }
                    Effect::Tell(event) => self.log.show(self.inbox.now(), &event),
                }
            }
        }
    }

    fn complain(&mut self, words: Option<String>) {
        if let Some(words) = words
            && !std::mem::replace(&mut self.complained, true)
        {
            self.log.show(self.inbox.now(), &Event::Trouble { words });
        }
    }
}
