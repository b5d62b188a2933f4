//! Tells what happens, in a thread of its own: the guard waits for no disk and no terminal.

use std::{
    io::{self, Write},
    path::PathBuf,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

use super::{Event, GuardState, journal::Journal};
use crate::{
    clock,
    config::GuardConfig,
    service::{Log, Show},
};

/// What may wait to be told; more than this is dropped.
const WAITING: usize = 64;

/// Something to tell.
enum News {
    Event(u64, Event),
    State(Box<GuardState>),
}

/// Tells what happens.
pub(super) struct Teller {
    news: Option<SyncSender<News>>,
    thread: Option<JoinHandle<()>>,
}

impl Teller {
    pub(super) fn start(
        config: &GuardConfig,
        show: Show,
        out: impl Write + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, news) = sync_channel(WAITING);
        let told = Told {
            log: Log::unkept(show, out),
            journal: Journal::new(config.journal.clone()),
            state: config.state.clone(),
            troubled: [false; 2],
        };
        let thread = thread::Builder::new().name("telling".into()).spawn(|| told.tell(news))?;
        Ok(Self { news: Some(sender), thread: Some(thread) })
    }

    /// Tells about an event. If too much waits already, it is dropped.
    pub(super) fn event(&self, uptime_ms: u64, event: Event) {
        self.send(News::Event(uptime_ms, event));
    }

    /// Shows a state. If too much waits already, the next one will do.
    pub(super) fn state(&self, state: GuardState) {
        self.send(News::State(Box::new(state)));
    }

    fn send(&self, news: News) {
        if let Some(sender) = &self.news {
            let _ = sender.try_send(news); // telling is not what the guard is for
        }
    }

    /// Ends once everything is told. Only to be called when heat is off for good.
    pub(super) fn close(mut self) {
        self.news = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join(); // what it could not tell is lost
        }
    }
}

/// Where it is told.
struct Told<W> {
    log: Log<W>,
    journal: Journal,
    state: PathBuf,
    /// Whether the journal and the state could not be written the last time.
    troubled: [bool; 2],
}

impl<W: Write> Told<W> {
    #[expect(clippy::needless_pass_by_value, reason = "it ends when the sender is gone")]
    fn tell(mut self, news: Receiver<News>) {
        for news in news {
            match news {
                News::Event(uptime_ms, event) => {
                    let time = clock::now();
                    self.log.show(time, &event);
                    let done = self.journal.add(time, uptime_ms, &event);
                    self.note(0, "the journal", done);
                }
                News::State(state) => {
                    let done = state.write(&self.state);
                    self.note(1, "the state", done);
                }
            }
        }
    }

    /// Says once that something cannot be written.
    fn note(&mut self, which: usize, what: &str, done: io::Result<()>) {
        if let Err(error) = &done
            && !self.troubled[which]
        {
            let why = format!("{what} cannot be written: {error}; the guard goes on");
            self.log.show(clock::now(), &Event::Trouble { why });
        }
        self.troubled[which] = done.is_err();
    }
}
