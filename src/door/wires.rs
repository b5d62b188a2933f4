//! The machine joined to the repository, the devices, the journal, the socket and the clock.

use std::{
    future::{self, Future},
    io::Write,
    time::Duration,
};

use jiff::Timestamp;
use tokio::{sync::mpsc, time::Instant};

use super::{
    DoorError, Machine, Options,
    answer::Answer,
    clockwork::Clockwork,
    event::{Effect, Event, Line},
    plan::Plan,
    screen::Screen,
    service::Service,
    timekeeper::Doubt,
    wired::Wired,
};
use crate::{
    config::Device,
    control::{Asked, Listener},
    domain::{access::Scan, model::Activity},
    hardware::simulator::{HELP, Terminal},
    store::{
        Store,
        follow::{Follower, Following, News},
        journal::{self, Filter, Journal, Tail},
    },
};

/// How far back a journal is read when a door starts: as far as an index reaches.
const BACK: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// How long a strike waits until what happened is written, so that a killed process loses none of
/// it. Microseconds suffice, unless the disk is ill.
const WRITTEN: Duration = Duration::from_millis(50);

/// Runs the doors of this machine until a signal, or the end of what is typed, stops them.
///
/// # Errors
/// The repository, its key, the journal or the socket cannot be used when it starts.
pub fn run(options: Options, out: impl Write) -> Result<(), DoorError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(DoorError::Runtime)?;
    runtime.block_on(serve(options, out))
}

async fn serve(options: Options, out: impl Write) -> Result<(), DoorError> {
    let clock = Clockwork::start();
    let store = Store::open(&options.space)?;
    store.key()?;
    let group = options.config.group.as_deref();
    let socket = options.socket.map(|path| {
        Listener::open(&path, group).map_err(|source| DoorError::Socket { path, source })
    });
    let mut socket = socket.transpose()?;
    let mut stop = std::pin::pin!(stop_signal().map_err(DoorError::Runtime)?);
    let (complaints, mut complained) = mpsc::unbounded_channel();
    let folder = options.config.journal.clone();
    let folder = folder.unwrap_or_else(|| journal::folder(store.dir()));
    let past = past(&folder, &clock);
    let devices = &options.config.devices;
    let plan = Plan::new(&options.config, &options.facilities, options.unlock_seconds);
    let mut wires = Wires {
        machine: Machine::new(plan),
        wired: Wired::start(devices),
        journal: Journal::open(&folder, "door", move |words| {
            let _ = complaints.send(words); // at the very end nobody listens
        })?,
        screen: Screen::new(store.again()?, options.show, out),
        clock: clock.clone(),
        doubt: None,
        wake: Instant::now(),
        simulated: devices.is_empty() || devices.values().any(Device::is_simulator),
        in_force: InForce::default(),
        following: None,
    };
    // What is there already is read before the first reading is taken.
    let mut follower = Follower::new(store);
    for news in follower.poll(clock.now()) {
        wires.hear(news);
    }
    // The commit may have said that the clock is wrong, and the rules hold for a stretch of time.
    for news in follower.poll(clock.now()) {
        wires.hear(news);
    }
    past.iter().for_each(|activity| wires.machine.remember(activity));
    let (sender, mut news) = mpsc::unbounded_channel();
    let time = clock.clone();
    wires.following =
        Some(follower.follow(move || time.now(), move |news| sender.send(news).is_ok()));
    let mut followed = true;
    let first = wires.machine.doors().next().cloned();
    let mut terminal = options.terminal.map(|input| Terminal::new(input, first));
    if terminal.is_some() {
        wires.screen.show(clock.now(), &Line::Note(HELP.to_owned()));
    }
    let mut service = Service::ready();
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some((device, report)) = wires.wired.next() => wires.take(Event::Report(device, report)),
            Some(asked) = asked(&mut socket) => wires.answer(asked),
            scan = typed(&mut terminal) => match scan {
                Some(Ok(scan)) if wires.simulated => drop(wires.read(scan)),
                Some(Ok(_)) => wires.note("no simulator is among the devices of this door"),
                Some(Err(words)) => wires.note(&words),
                None => break,
            },
            heard = news.recv(), if followed => match heard {
                Some(news) => wires.hear(news),
                None => {
                    followed = false;
                    let words = "changes are no longer followed: start this door again";
                    wires.take(Event::Trouble(words.to_owned()));
                }
            },
            Some(words) = complained.recv() => wires.take(Event::Trouble(words)),
            () = tokio::time::sleep_until(wires.wake) => wires.take(Event::Tick),
            () = service.next() => service.alive(),
        }
    }
    service.stopping();
    wires.take(Event::Stop);
    wires.wired.stop().await;
    Ok(())
}

/// Reads who was let in lately, and lets the clock know what time it must be at the least.
fn past(folder: &std::path::Path, clock: &Clockwork) -> Vec<Activity> {
    let mut past = Vec::new();
    // What cannot be read is no reason not to open; the journal will complain by itself.
    let from = clock.now().checked_sub(BACK).ok();
    let lately = Filter { from, ..Filter::default() };
    for activity in Tail::new(folder.to_owned(), lately).poll().unwrap_or_default().0 {
        if !activity.doubted {
            clock.learn(activity.time);
        }
        past.push(activity);
    }
    past
}

/// The machine and all that it moves.
pub(super) struct Wires<W> {
    pub(super) machine: Machine,
    wired: Wired,
    pub(super) journal: Journal,
    screen: Screen<W>,
    pub(super) clock: Clockwork,
    doubt: Option<Doubt>,
    /// Not a time of day: that may be set back, and a door has to be locked all the same.
    wake: Instant,
    pub(super) simulated: bool,
    pub(super) in_force: InForce,
    following: Option<Following>,
}

/// Since when which commit is in force.
#[derive(Clone, Default, Debug, serde::Serialize)]
pub(super) struct InForce {
    pub(super) committed: Option<Timestamp>,
    pub(super) since: Option<Timestamp>,
    /// Why a newer one is not.
    pub(super) trouble: Option<String>,
}

impl<W: Write> Wires<W> {
    fn take(&mut self, event: Event) {
        self.handle(event);
    }

    /// Hands an event to the machine and carries out what comes of it.
    pub(super) fn handle(&mut self, event: Event) -> Vec<Effect> {
        let now = self.clock.now();
        let doubt = self.clock.doubt();
        if !self.machine.covers(now) {
            self.look(); // the clock was set: the rules have to be worked out for that time
        }
        if doubt.is_some() != self.doubt.is_some() {
            self.doubt = doubt;
            let effects = self.machine.handle(Event::Clock(doubt), now);
            self.carry_out(&effects, now);
        }
        let effects = self.machine.handle(event, now);
        self.carry_out(&effects, now);
        effects
    }

    fn note(&mut self, words: &str) {
        self.screen.show(self.clock.now(), &Line::Note(words.to_owned()));
    }

    fn hear(&mut self, news: News) {
        match news {
            News::InForce { index, key, findings, committed } => {
                self.clock.learn(committed);
                let since = Some(self.clock.now());
                self.in_force = InForce { committed: Some(committed), since, trouble: None };
                self.take(Event::Index(index, key, findings));
            }
            News::Trouble(words) => {
                self.in_force.trouble = Some(words.clone());
                self.take(Event::Trouble(words));
            }
        }
    }

    /// Decides on a scan, and returns what came of it, if it is served here.
    pub(super) fn read(&mut self, scan: Scan) -> Option<Activity> {
        self.handle(Event::Scan(scan)).into_iter().find_map(|effect| match effect {
            Effect::Show(Line::Reading(activity)) => Some(activity),
            _ => None,
        })
    }

    /// Has the repository looked at now.
    pub(super) fn look(&self) {
        if let Some(following) = &self.following {
            following.look();
        }
    }

    fn answer(&mut self, asked: Asked) {
        let answer = Answer::to(self, &asked.request, &asked.user);
        let _ = asked.answer.send(answer.line()); // who has hung up needs no answer
    }

    fn carry_out(&mut self, effects: &[Effect], now: Timestamp) {
        let mut noted = false;
        for effect in effects {
            if noted && !matches!(effect, Effect::Journal(_)) {
                // A card that hangs keeps nobody waiting: the journal goes on trying.
                let _ = self.journal.written(WRITTEN);
                noted = false;
            }
            match effect {
                Effect::Journal(activity) => {
                    self.journal.append(activity.clone());
                    noted = true;
                }
                Effect::Unlock(door) => self.strike(door, true),
                Effect::Lock(door) => self.strike(door, false),
                Effect::Feedback(wire, feedback) => self.wired.feedback(wire, *feedback),
                Effect::Show(line) => self.screen.show(now, line),
                Effect::WakeAt(at) => {
                    let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
                    self.wake = Instant::now() + wait;
                }
            }
        }
    }

    fn strike(&mut self, door: &crate::domain::model::Slug, on: bool) {
        for wire in self.machine.strikes(door) {
            self.wired.relay(wire, on);
        }
    }
}

async fn asked(socket: &mut Option<Listener>) -> Option<Asked> {
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
