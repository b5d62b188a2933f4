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
    Effect, Event, Input, Machine, Options, Terms, Topics,
    outside::{self, Broker, InForce, Inbox, Mail, Memory, Orders, Recording, follow},
};
use crate::{
    app::AppError,
    clock,
    service::{Log, Service, stop_signal},
    store::Store,
};

/// The name of this program among the processes of which there is one.
pub const KIND: &str = "building";

/// What may wait for the machine before those that tell it something wait.
const WAITING: usize = 1_024;

/// How often time passes for the machine.
const TICK: Duration = Duration::from_secs(1);

/// Measures until a signal.
///
/// # Errors
/// Another one works with this repository, or the repository or the settings of the broker cannot be
/// used at the start.
pub fn run(options: Options, out: impl Write + Send + 'static) -> Result<(), AppError> {
    let internal = |error: io::Error| AppError::internal(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(internal)?;
    let signal = {
        let _inside = runtime.enter();
        stop_signal().map_err(internal)?
    };
    let now = clock::running();
    let store = Arc::new(Store::open(&options.space)?);
    let _sole = store.sole(KIND, "building.run", now())?;
    let Options { space, config, journal, measurements, memory, show } = options;
    let topics = Topics::new(config.mqtt.as_ref().map_or("space", |it| it.topic.as_str()));
    let broker = Broker::open(config.mqtt.as_ref(), &topics)?;
    let memory = Memory::new(memory);
    let (board, forgotten) = memory.read();
    let (sender, inputs) = sync_channel(WAITING);
    let clocked = std::sync::Mutex::new(now.clone());
    let inbox = Inbox::new(sender, move || {
        clocked.lock().unwrap_or_else(std::sync::PoisonError::into_inner)()
    });
    let home = config.home_assistant.clone();
    let terms = Terms {
        broker: broker.place(),
        topics: topics.clone(),
        discovery: home.as_ref().map(|it| it.discovery.clone()),
        unlock: home.map(|it| it.unlock).unwrap_or_default(),
    };
    let in_force = InForce::default();
    broker.listen(inbox.clone()).map_err(internal)?;
    outside::watch(&inbox, &config, &journal, &in_force, &store).map_err(internal)?;
    let mut wires = Wires {
        machine: Machine::new(terms, board, now()),
        orders: Orders::start(inbox.clone(), config.doors.clone()).map_err(internal)?,
        mail: Mail::start(inbox.clone(), space).map_err(internal)?,
        recording: Recording::start(inbox.clone(), measurements).map_err(internal)?,
        log: Log::new(show, out, &journal, KIND),
        inbox: inbox.clone(),
        state: config.state.clone(),
        complained: false,
        broker,
        topics,
        memory,
    };
    wires.tell(Event::Started { broker: wires.broker.place() });
    if let Some(words) = forgotten {
        wires.handle(Input::Trouble("memory", Some(words)));
    }
    let following = follow(inbox.clone(), store, in_force, now);
    let (ended, fault) = oneshot::channel();
    let alive = Arc::new(AtomicBool::new(true));
    let turning = Arc::clone(&alive);
    let worker = thread::Builder::new().name("machine".into()).spawn(move || {
        wires.turn(&inputs, &turning);
        wires.close();
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
    broker: Broker,
    topics: Topics,
    orders: Orders,
    mail: Mail,
    recording: Recording,
    memory: Memory,
    log: Log<W>,
    inbox: Inbox,
    state: std::path::PathBuf,
    /// Whether the state could not be written, which is told once.
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
        for effect in self.machine.handle(input, self.inbox.now()) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Subscribe(filters) => self.broker.subscribe(&filters),
            Effect::Publish(message) => {
                if let Err(why) = self.broker.publish(&message) {
                    let words = format!("{} was not published: {why}", message.topic);
                    self.tell(Event::Trouble { words });
                }
            }
            Effect::Record(meter, base, measurement) => {
                self.recording.add(meter, base, measurement);
            }
            Effect::Mail(letter) => self.mail.send(letter),
            Effect::Unlock(door) => self.orders.unlock(door),
            Effect::Tell(event) => self.tell(event),
            Effect::Show(state) => {
                let written = state.write(&self.state);
                if let Err(error) = &written
                    && !self.complained
                {
                    let words = format!("cannot write {}: {error}", self.state.display());
                    self.tell(Event::Trouble { words });
                }
                self.complained = written.is_err();
            }
            Effect::Remember(board) => {
                if let Err(error) = self.memory.write(&board) {
                    let words = format!("alarms cannot be remembered: {error}");
                    self.tell(Event::Trouble { words });
                }
            }
        }
    }

    fn tell(&mut self, event: Event) {
        self.log.show(self.inbox.now(), &event);
    }

    fn close(mut self) {
        self.broker.close(&self.topics);
        self.recording.close();
        self.log.show(self.inbox.now(), &Event::Stopped);
    }
}
