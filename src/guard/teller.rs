//! Tells what happens, in a thread of its own: the guard waits for no disk and no terminal.

use std::{
    io::{self, Write},
    path::PathBuf,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
    time::Duration,
};

use super::{Event, journal::Journal};
use crate::{
    clock,
    config::{GuardConfig, GuardState},
    service::{Log, Show},
};

/// What may wait to be told; more than this is dropped.
const WAITING: usize = 64;

/// How long the end waits until everything is told.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Something to tell.
enum News {
    Event(u64, Event),
    State(Box<GuardState>),
}

/// Tells what happens.
pub(super) struct Teller {
    news: Option<SyncSender<News>>,
    /// Ends when everything is told.
    told: Receiver<()>,
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
        let (ended, all) = sync_channel(0);
        thread::Builder::new().name("telling".into()).spawn(move || {
            let _ended = ended; // it is dropped at the end
            told.tell(news);
        })?;
        Ok(Self { news: Some(sender), told: all })
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

    /// Waits a moment until everything is told. Only to be called when heat is off for good.
    pub(super) fn close(mut self) {
        self.news = None;
        let _ = self.told.recv_timeout(LAST_WORDS); // it tells that nothing comes, or it is too late
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

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::mpsc};

    use super::*;

    /// A pipe that nobody reads, until the test lets go of it.
    struct Blocked(mpsc::Receiver<()>);

    impl Write for Blocked {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv(); // until the other end is dropped
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_waits_for_an_output_that_takes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let text = format!(
            "journal = {:?}\nrelay.simulated = '/tmp/r'\n[[thermometers]]\nsimulated = 20.0\n",
            dir.path().join("journal")
        );
        let config = GuardConfig::parse(Path::new("guard.toml"), &text).unwrap();
        let (hold, held) = mpsc::channel();
        let teller = Teller::start(&config, Show::Json, Blocked(held)).unwrap();
        for number in 0..10_000 {
            teller.event(number, Event::Stopped {});
        }
        drop(hold);
        teller.close();
        let told = std::fs::read_to_string(dir.path().join("journal")).unwrap().lines().count();
        assert!((WAITING..10_000).contains(&told), "{told}");
    }
}
