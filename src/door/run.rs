//! The program's loop, which handles one event after another until it is told to end.

use std::{
    future,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use tokio::{sync::mpsc, time::Instant};

use super::{
    DoorError, Machine, Options,
    answer::Answer,
    clockwork::Clockwork,
    event::{Event, ScreenLine},
    layout::MachineLayout,
    memory::Memory,
    pace::Pace,
    promises::Promises,
    running_devices::RunningDevices,
    screen::{Screen, Shelf},
    wires::{CloneStatus, InForce, Wires},
};
use crate::{
    clock,
    config::{Config, Device},
    control::{Listener, PendingRequest},
    domain::{access::Reading, model::text},
    hardware::simulator::{HELP, Terminal},
    service::{Service, stop_signal},
    store::{
        Store, StoreError,
        follow::Follower,
        journal::{self, Journal},
        locked,
    },
};

/// Runs the doors of this machine until a signal or the end of the typed input stops them.
///
/// # Errors
/// The journal or the socket cannot be used at the start. Records that cannot be read are waited for.
pub fn run(options: Options, out: impl Write) -> Result<(), DoorError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(DoorError::Runtime)?;
    runtime.block_on(serve(options, out))
}

async fn serve(options: Options, out: impl Write) -> Result<(), DoorError> {
    let clock = Clockwork::start();
    // Buttons, orders by hand and the socket are served whatever the records are like.
    let shelf: Shelf = Arc::default();
    let dir = match Store::discover(&options.space) {
        Ok(store) => shelf.get_or_init(|| Arc::new(store)).dir().to_owned(),
        Err(_) => folder_without_repository(&options.space),
    };
    let prepared = match shelf.get() {
        Some(store) => prepare_clone(store, &options.config, clock.now()),
        None => Ok(()),
    };
    let group = options.config.group.as_deref();
    let socket = options.socket.map(|path| {
        Listener::open(&path, group).map_err(|source| DoorError::Socket { path, source })
    });
    let mut socket = socket.transpose()?;
    let mut stop = std::pin::pin!(stop_signal().map_err(DoorError::Runtime)?);
    let (trouble_sender, mut troubles) = mpsc::unbounded_channel();
    let folder = options.config.journal.clone();
    let folder = folder.unwrap_or_else(|| journal::folder(&dir));
    let rehearsal = clock::pinned().and_then(Result::ok);
    let memory = Memory::open(&dir, &folder, rehearsal.is_some());
    let past = memory.recall(&clock);
    let devices = &options.config.devices;
    let layout = MachineLayout::new(&options.config, &options.facilities, options.unlock_seconds);
    let mut wires = Wires {
        machine: Machine::new(layout),
        devices: RunningDevices::start(devices),
        journal: Journal::open(&folder, "door", move |words| {
            let _ = trouble_sender.send(words); // at the very end, nobody is listening
        })?,
        screen: Screen::new(Arc::clone(&shelf), options.show, options.words, out, &folder),
        words: options.words,
        clock: clock.clone(),
        memory,
        rehearsal: rehearsal.is_some(),
        dir: dir.clone(),
        doubt: None,
        pace: Pace::default(),
        wake: Instant::now(),
        simulated: devices.is_empty() || devices.values().any(Device::is_simulator),
        in_force: InForce::default(),
        clone: CloneStatus::default(),
        following: None,
    };
    if let Some(pin) = rehearsal {
        wires.note(&format!(
            "a rehearsal: {} has pinned the clock to {pin}; what happens is marked as such in the \
             journal, and teaches no door what the time is",
            clock::PIN
        ));
    }
    if let Err(error) = prepared {
        wires.handle(Event::Trouble(format!(
            "the settings of this clone stay as they are: {error}"
        )));
    }
    // Existing records are read before the first reading is accepted.
    let mut follower = Follower::of_folder(options.space, shelf).mending();
    if rehearsal.is_none() {
        follower = follower.copying_to(folder);
    }
    for news in follower.poll(clock.now()) {
        wires.handle_news(news);
    }
    // The commit may have shown that the clock is wrong, and the index covers a limited time.
    for news in follower.poll(clock.now()) {
        wires.handle_news(news);
    }
    let heard = follower.hear(clock.now());
    wires.handle_news(heard);
    match locked::read(&dir) {
        Ok(locked) => {
            for (door, by) in &locked {
                wires.note(&format!("{door} stays locked by hand, as {} said", text::shown(by)));
            }
            wires.machine.keep_locked(locked);
        }
        Err(error) => wires.handle(Event::Trouble(format!(
            "who had locked a door by hand is not known any more: {error}"
        ))),
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
        wires.screen.show(clock.now(), &ScreenLine::Note(HELP.to_owned()));
    }
    let mut service = Service::ready();
    let mut promises = Promises::default();
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some((device, report)) = wires.devices.next() => wires.handle(Event::Report(device, report)),
            Some(asked) = next_request(&mut socket) => {
                let reply = Answer::carry_out(&mut wires, &asked.request, &asked.user);
                promises.add(reply, asked.answer);
            }
            () = promises.due() => {}
            reading = next_typed(&mut terminal) => match reading {
                Some(Ok(reading)) if wires.simulated => drop(wires.read(reading)),
                Some(Ok(_)) => wires.note("this door has no simulator among its devices"),
                Some(Err(words)) => wires.note(&words),
                None => break,
            },
            received = news.recv(), if followed => match received {
                Some(news) => wires.handle_news(news),
                None => {
                    followed = false;
                    let words = "changes of the records are no longer followed: restart this door";
                    wires.handle(Event::Trouble(words.to_owned()));
                }
            },
            Some(words) = troubles.recv() => wires.handle(Event::Trouble(words)),
            () = tokio::time::sleep_until(wires.wake) => wires.handle(Event::Tick),
            () = service.next() => service.alive_if(wires.follows()),
        }
        promises.answer_ready(|door| wires.machine.is_confirmed(door));
    }
    service.stopping();
    wires.handle(Event::Stop);
    wires.devices.stop().await;
    Ok(())
}

/// Returns the folder for what is not in the history where there is no repository: where it would be,
/// or else the folder itself.
fn folder_without_repository(space: &Path) -> PathBuf {
    let usual = [space.join(".git/space"), space.join("space"), space.to_owned()];
    usual.into_iter().find(|it| it.is_dir()).unwrap_or_else(|| space.to_owned())
}

/// Pins the branch, so that no `git checkout` puts other records into force; the clone of a real
/// door is marked as a door's from now on.
fn prepare_clone(store: &Store, config: &Config, now: Timestamp) -> Result<(), StoreError> {
    let real = config.devices.values().any(|device| !device.is_simulator());
    let bare = store.workdir().is_none();
    if store.remote().is_some() && (real || bare) { store.become_door(now) } else { store.pin() }
}

async fn next_request(socket: &mut Option<Listener>) -> Option<PendingRequest> {
    match socket {
        Some(socket) => socket.next().await,
        None => future::pending().await,
    }
}

async fn next_typed(terminal: &mut Option<Terminal>) -> Option<Result<Reading, String>> {
    match terminal {
        Some(terminal) => terminal.next().await,
        None => future::pending().await,
    }
}
