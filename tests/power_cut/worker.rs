//! A child process that changes a space continuously, and reports what was acknowledged.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::Duration,
};

use space::store::{Durability, Store};

use crate::support::{ada, naming, now};

const WHERE: &str = "SPACE_POWER_CUT_CHILD";
const HOW: &str = "SPACE_POWER_CUT_DURABILITY";

/// The members that are renamed in turn, so that a lost change shows.
pub(crate) const MEMBERS: u64 = 2;

/// Waiting longer than this means that the child does nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// The child: does nothing unless started as one.
#[test]
fn child() {
    let Ok(root) = std::env::var(WHERE) else { return };
    let mut store = Store::open(Path::new(&root)).unwrap();
    if std::env::var_os(HOW).is_some() {
        store.set_durability(Durability::Rehearsal);
    }
    for round in 1.. {
        let number = 1 + round % MEMBERS;
        store
            .apply(
                &naming(number, &format!("Round {round:08}")),
                store.head().unwrap(),
                &ada(),
                now(),
            )
            .unwrap();
        println!("acknowledged {round}");
        std::io::stdout().flush().unwrap();
    }
}

/// A running child.
pub(crate) struct Worker {
    child: Child,
    acknowledged: Arc<(Mutex<u64>, Condvar)>,
}

impl Worker {
    pub(crate) fn start(root: &Path, durability: Durability) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "worker::child", "--nocapture"]).env(WHERE, root);
        if durability == Durability::Rehearsal {
            command.env(HOW, "1");
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let acknowledged = Arc::<(Mutex<u64>, Condvar)>::default();
        let shared = Arc::clone(&acknowledged);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let round = line.rsplit_once("acknowledged ").and_then(|(_, it)| it.parse().ok());
                if let Some(round) = round {
                    *shared.0.lock().unwrap() = round;
                    shared.1.notify_all();
                }
            }
        });
        Self { child, acknowledged }
    }

    /// Returns the number of the last change that was certainly acknowledged.
    pub(crate) fn acknowledged(&self) -> u64 {
        *self.acknowledged.0.lock().unwrap()
    }

    /// Waits until a number of changes are acknowledged.
    pub(crate) fn wait_for(&self, count: u64) {
        let (acknowledged, more) = &*self.acknowledged;
        let guard = acknowledged.lock().unwrap();
        let (_guard, waited) = more.wait_timeout_while(guard, PATIENCE, |it| *it < count).unwrap();
        assert!(!waited.timed_out(), "the child does nothing");
    }

    /// Stops the child wherever it is.
    pub(crate) fn halt(&self) {
        self.signal("-STOP");
    }

    /// Lets it continue.
    pub(crate) fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended
        let _ = self.child.wait();
    }
}
