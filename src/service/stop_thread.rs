//! The signals by which a system asks a program to end, for a program without a runtime.

use std::{io, thread};

/// The thread does nothing but wait.
const STACK: usize = 64 * 1024;

/// Calls back, from a thread of its own, at the first signal that asks this process to end. To be called
/// before any other thread is started: this thread and those that it starts no longer end at a signal.
///
/// # Errors
/// The system refuses.
#[cfg(unix)]
pub(crate) fn on_stop(then: impl FnOnce() + Send + 'static) -> io::Result<()> {
    use nix::sys::signal::{SigSet, Signal};
    let mut signals = SigSet::empty();
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        signals.add(signal);
    }
    signals.thread_block()?;
    start(move || {
        // It fails for no signals that exist; then the program had better end than not hear of them.
        let _ = signals.wait();
        then();
    })
}

/// Calls back, from a thread of its own, at the first signal that asks this process to end.
///
/// # Errors
/// The system refuses.
#[cfg(not(unix))]
pub(crate) fn on_stop(then: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    start(move || {
        let _ = runtime.block_on(tokio::signal::ctrl_c());
        then();
    })
}

fn start(wait: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("signals".into()).stack_size(STACK).spawn(wait).map(drop)
}
