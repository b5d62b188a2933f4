//! The machine joined to the repository, the readers, the strikes, the journal and the clock.

use std::{
    collections::BTreeMap,
    future::{self, Future},
    io::Write,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::{sync::mpsc, time::Instant};

use super::{
    DoorError, Machine, Options,
    event::{Effect, Event, Line, Reading},
    screen::Screen,
};
use crate::{
    clock,
    domain::model::{Key, Slug},
    hardware::{
        Scan,
        simulator::{Asked, HELP, Socket, Terminal},
    },
    store::{
        Store,
        follow::{Follower, News},
        journal::{self, Journal},
    },
};

/// Runs the doors of this machine until a signal, or the end of what is typed, stops them.
///
/// # Errors
/// The repository, its key or the socket cannot be used when it starts.
pub fn run(options: Options, out: impl Write) -> Result<(), DoorError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(DoorError::Runtime)?;
    runtime.block_on(serve(options, out))
}

async fn serve(options: Options, out: impl Write) -> Result<(), DoorError> {
    let now = clock::running();
    let store = Store::open(&options.space)?;
    let key = store.key()?;
    let socket = options
        .socket
        .map(|path| Socket::open(&path).map_err(|source| DoorError::Socket { path, source }));
    let mut socket = socket.transpose()?;
    let mut stop = std::pin::pin!(stop_signal().map_err(DoorError::Runtime)?);
    let (complaints, mut complained) = mpsc::unbounded_channel();
    let mut wires = Wires {
        machine: Machine::new(
            options.facilities,
            SignedDuration::from_secs(i64::from(options.unlock_seconds)),
        ),
        key,
        strikes: BTreeMap::new(),
        journal: Journal::open(&journal::folder(store.dir()), "door", move |words| {
            let _ = complaints.send(words); // at the very end nobody listens
        })?,
        screen: Screen::new(store.again()?, options.show, out),
        wake: Instant::now(),
    };
    // What is there already is read before the first reading is taken.
    let mut follower = Follower::new(store);
    for news in follower.poll(now()) {
        wires.hear(news, now());
    }
    let (sender, mut news) = mpsc::unbounded_channel();
    let _following = follower.follow(now.clone(), move |news| sender.send(news).is_ok());
    let mut followed = true;
    let first = wires.machine.facilities().next().cloned();
    let mut terminal = options.terminal.map(|input| Terminal::new(input, first));
    if terminal.is_some() {
        wires.screen.show(now(), &Line::Note(HELP.to_owned()));
    }
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            Some(asked) = asked(&mut socket) => wires.answer(asked, now()),
            scan = typed(&mut terminal) => match scan {
                Some(Ok(scan)) => drop(wires.read(scan, now())),
                Some(Err(words)) => wires.screen.show(now(), &Line::Note(words)),
                None => break,
            },
            heard = news.recv(), if followed => match heard {
                Some(news) => wires.hear(news, now()),
                None => {
                    followed = false;
                    let words = "changes are no longer followed: start this door again";
                    wires.take(Event::Trouble(words.to_owned()), now());
                }
            },
            Some(words) = complained.recv() => wires.take(Event::Trouble(words), now()),
            () = tokio::time::sleep_until(wires.wake) => wires.take(Event::Tick, now()),
        }
    }
    wires.take(Event::Stop, now());
    Ok(())
}

/// The machine and all that it moves.
struct Wires<W> {
    machine: Machine,
    key: Key,
    /// Which facilities could be opened.
    strikes: BTreeMap<Slug, bool>,
    journal: Journal,
    screen: Screen<W>,
    /// Not a time of day: that may be set back, and a door has to be locked all the same.
    wake: Instant,
}

impl<W: Write> Wires<W> {
    fn take(&mut self, event: Event, now: Timestamp) {
        let effects = self.machine.handle(event, now);
        self.carry_out(&effects, now);
    }

    fn hear(&mut self, news: News, now: Timestamp) {
        match news {
            News::InForce { index, key, findings } => {
                self.key = key.unwrap_or_else(|| self.key.clone());
                self.take(Event::Index(index, findings), now);
            }
            News::Trouble(words) => self.take(Event::Trouble(words), now),
        }
    }

    /// Decides on a scan, and returns the answer as a line of JSON.
    fn read(&mut self, scan: Scan, now: Timestamp) -> String {
        let Scan { facility, side, code } = scan;
        let hash = code.hash(&self.key);
        let reading = Reading { facility, side, code, hash };
        let effects = self.machine.handle(Event::Reading(reading), now);
        self.carry_out(&effects, now);
        let activity = effects.iter().find_map(|effect| match effect {
            Effect::Journal(activity) => serde_json::to_string(activity).ok(),
            _ => None,
        });
        activity.unwrap_or_else(|| {
            let facilities: Vec<_> = self.machine.facilities().map(Slug::as_str).collect();
            let why = format!("this facility is not served here; {} are", facilities.join(", "));
            serde_json::json!({ "error": why }).to_string()
        })
    }

    fn answer(&mut self, asked: Asked, now: Timestamp) {
        let answer = self.read(asked.scan, now);
        let _ = asked.answer.send(answer); // who has hung up needs no answer
    }

    fn carry_out(&mut self, effects: &[Effect], now: Timestamp) {
        for effect in effects {
            match effect {
                Effect::Unlock(slug) => drop(self.strikes.insert(slug.clone(), true)),
                Effect::Lock(slug) => drop(self.strikes.insert(slug.clone(), false)),
                Effect::Journal(activity) => self.journal.append(activity.clone()),
                Effect::Show(line) => self.screen.show(now, line),
                Effect::WakeAt(at) => {
                    let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
                    self.wake = Instant::now() + wait;
                }
            }
        }
    }
}

async fn asked(socket: &mut Option<Socket>) -> Option<Asked> {
    match socket {
        Some(socket) => socket.next().await,
        None => future::pending().await,
    }
}

async fn typed(terminal: &mut Option<Terminal>) -> Option<Result<Scan, String>> {
    match terminal {
        Some(terminal) => terminal.next().await,
        None => future::pending().await,
    }
}

/// Waits for whatever asks this process to end.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
    })
}

/// Waits for whatever asks this process to end.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
