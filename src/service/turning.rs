//! Lets a machine turn in a thread of its own until the system ends the program.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::{runtime::Runtime, sync::oneshot};

use super::{Inbox, Service, stop_signal};

/// A machine with what carries out what it wants.
pub(crate) trait Turning: Send + 'static {
    /// What it is told.
    type Input: Send + 'static;

    /// How often time passes for it.
    const TICK: Duration;

    /// Handles what it was told; without anything, some time has passed.
    fn handle(&mut self, input: Option<Self::Input>);

    /// Ends.
    fn close(self);
}

/// Waits for the system to end the program, while a machine turns.
pub(crate) struct Turns<I, S> {
    runtime: Runtime,
    signal: S,
    /// Where it is told what happens.
    pub(crate) inbox: Inbox<I>,
    inputs: Receiver<I>,
}

/// Prepares a program whose machine turns. Signals count from now on.
///
/// # Errors
/// The system has no means for it.
pub(crate) fn prepare<I>(
    now: impl Fn() -> Timestamp + Send + 'static,
) -> io::Result<Turns<I, impl Future<Output = ()>>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let signal = {
        let _inside = runtime.enter();
        stop_signal()?
    };
    let (inbox, inputs) = Inbox::open(now);
    Ok(Turns { runtime, signal, inbox, inputs })
}

impl<I: Send + 'static, S: Future<Output = ()>> Turns<I, S> {
    /// Lets the machine turn until a signal, and reports that the program is alive as long as it does.
    ///
    /// # Errors
    /// There can be no thread, or the machine has ended by itself, which is a fault.
    pub(crate) fn run(self, mut machine: impl Turning<Input = I>) -> io::Result<()> {
        let Self { runtime, signal, inbox, inputs } = self;
        let (ended, fault) = oneshot::channel();
        let alive = Arc::new(AtomicBool::new(true));
        let (turning, own) = (Arc::clone(&alive), inbox.clone());
        let worker = thread::Builder::new().name("machine".into()).spawn(move || {
            turn(&mut machine, &own, &inputs, &turning);
            machine.close();
            let _ = ended.send(()); // whoever waits may be gone
        })?;
        let stopped = runtime.block_on(watch_over(&alive, signal, fault));
        inbox.end();
        if worker.join().is_ok() && stopped {
            return Ok(());
        }
        Err(io::Error::other("the program has stopped because of a fault in it"))
    }
}

fn turn<M: Turning>(
    machine: &mut M,
    inbox: &Inbox<M::Input>,
    inputs: &Receiver<M::Input>,
    alive: &AtomicBool,
) {
    let mut next = Instant::now();
    while !inbox.is_ending() {
        match inputs.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(input) => machine.handle(Some(input)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if Instant::now() >= next {
            next = Instant::now() + M::TICK;
            alive.store(true, Ordering::Relaxed);
            machine.handle(None);
        }
    }
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
