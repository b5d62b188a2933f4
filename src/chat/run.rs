//! Lets the machine and everything outside work until the system ends the program.

use std::{
    io::{self, Write},
    sync::Arc,
    time::Duration,
};

use super::{
    Effect, Event, Input, Machine, Options, StatusFile, Terms,
    outside::{self, InForce, Inbox, Posts, follow, read_outbox, store_outbox, untried},
};
use crate::{
    app::AppError,
    clock,
    disk::durable,
    service::{Log, Turning, prepare},
    store::Store,
};

/// The name of this program among the processes of which there is one.
pub const KIND: &str = "chat";

/// Posts and answers until a signal.
///
/// # Errors
/// Another one works with this repository, or the repository or a chat's settings cannot be used at the
/// start.
pub fn run(options: Options, out: impl Write + Send + 'static) -> Result<(), AppError> {
    let internal = |error: io::Error| AppError::internal(error.to_string());
    let now = clock::running();
    let turns = prepare(now.clone()).map_err(internal)?;
    let inbox: Inbox = turns.inbox.clone();
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
    let posts = Posts::start(&inbox, &config)?;
    let in_force = InForce::default();
    outside::watch(&inbox, &config, &journal, &in_force, &store)?;
    let answering = config.chats.iter().filter(|(_, it)| !it.applications.is_empty());
    let terms = Terms {
        chats: config.chats.keys().cloned().collect(),
        answering: answering.map(|(name, _)| name.clone()).collect(),
    };
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
    let ended = turns.run(wires);
    drop(following);
    ended.map_err(internal)
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

impl<W: Write + Send + 'static> Turning for Wires<W> {
    type Input = Input;

    const TICK: Duration = Duration::from_millis(250);

    fn handle(&mut self, input: Option<Input>) {
        self.handle_and_carry_out(input.unwrap_or(Input::Tick));
    }

    fn close(mut self) {
        self.log.show(self.inbox.now(), &Event::Stopped);
    }
}

impl<W: Write> Wires<W> {
    fn handle_and_carry_out(&mut self, input: Input) {
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
