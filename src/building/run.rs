//! Lets the machine and everything outside work until the system ends the program.

use std::{
    io::{self, Write},
    sync::Arc,
    time::Duration,
};

use super::{
    Effect, Event, Input, Machine, Options, Terms, Topics,
    outside::{self, Broker, InForce, Inbox, Mail, Memory, Orders, Recording, follow},
};
use crate::{
    app::AppError,
    clock,
    service::{Log, Turning, prepare},
    store::Store,
};

/// The name of this program among the processes of which there is one.
pub const KIND: &str = "building";

/// Measures until a signal.
///
/// # Errors
/// Another one works with this repository, or the repository or the settings of the broker cannot be
/// used at the start.
pub fn run(options: Options, out: impl Write + Send + 'static) -> Result<(), AppError> {
    let internal = |error: io::Error| AppError::internal(error.to_string());
    let now = clock::running();
    let turns = prepare(now.clone()).map_err(internal)?;
    let inbox: Inbox = turns.inbox.clone();
    let store = Arc::new(Store::open(&options.space)?);
    let _sole = store.sole(KIND, "building.run", now())?;
    let Options { space, config, journal, measurements, memory, show } = options;
    let topics = Topics::new(config.mqtt.as_ref().map_or("space", |it| it.topic.as_str()));
    let broker = Broker::open(config.mqtt.as_ref(), &topics)?;
    let memory = Memory::new(memory);
    let (board, forgotten) = memory.read();
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
        wires.handle_and_carry_out(Input::Trouble("memory", Some(words)));
    }
    let following = follow(inbox.clone(), store, in_force, now);
    let ended = turns.run(wires);
    drop(following);
    ended.map_err(internal)
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

impl<W: Write + Send + 'static> Turning for Wires<W> {
    type Input = Input;

    const TICK: Duration = Duration::from_secs(1);

    fn handle(&mut self, input: Option<Input>) {
        self.handle_and_carry_out(input.unwrap_or(Input::Tick));
    }

    fn close(mut self) {
        self.broker.close(&self.topics);
        self.recording.close();
        self.log.show(self.inbox.now(), &Event::Stopped);
    }
}

impl<W: Write> Wires<W> {
    fn handle_and_carry_out(&mut self, input: Input) {
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
}
