//! A guard's process in a rehearsal: a furnace that is a file, and a thermometer that a test holds.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::running::Running;

/// How many times faster time passes: the guard decides twenty times a second.
pub(crate) const SPEED: &str = "20";

/// How often the thermometer is written.
const WRITTEN: Duration = Duration::from_millis(25);

/// A folder with all that belongs to a guard.
pub(crate) struct World {
    pub(crate) dir: TempDir,
    temperature: Arc<AtomicI32>,
    /// Ends the thermometer when it is dropped.
    thermometer: Option<Sender<()>>,
}

impl World {
    /// Makes one at 20 degrees, where the thermostat asks for heat. The guard waits for the least time
    /// that its limits allow.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
        let temperature = Arc::new(AtomicI32::new(20_000));
        let mut world = Self { dir, temperature, thermometer: None };
        for folder in ["furnace", "told"] {
            fs::create_dir(world.path(folder)).unwrap();
        }
        fs::write(world.path("asks"), "heat\n").unwrap();
        world.configure(&world.path("told/guard.json"), &world.path("told/guard.jsonl"));
        world.plug_in();
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes the configuration.
    pub(crate) fn configure(&self, state: &Path, journal: &Path) {
        let text = format!(
            "state = {state:?}\njournal = {journal:?}\n\
             [relay]\nsimulated = {:?}\nasks = {:?}\n\
             [[thermometers]]\nfile = {:?}\n\
             [limits]\nsettle_seconds = 10\noff_seconds = 60\nfresh_seconds = 30\n",
            self.path("furnace/relay"),
            self.path("asks"),
            self.path("thermometer"),
        );
        fs::write(self.path("guard.toml"), text).unwrap();
    }

    /// Starts the thermometer: like a real one, its last bit moves.
    pub(crate) fn plug_in(&mut self) {
        let (sender, unplugged) = mpsc::channel();
        let (value, path) = (Arc::clone(&self.temperature), self.path("thermometer"));
        let new = self.path("thermometer.new");
        let write = move |count: i32| -> io::Result<()> {
            let value = value.load(Ordering::SeqCst) + count % 2 * 62;
            fs::write(&new, format!("{value}\n"))?;
            fs::rename(&new, &path)
        };
        write(0).unwrap();
        std::thread::spawn(move || {
            let mut count = 1;
            while unplugged.recv_timeout(WRITTEN) == Err(RecvTimeoutError::Timeout) {
                if write(count).is_err() {
                    return; // the folder is gone, and so is the test
                }
                count += 1;
            }
        });
        self.thermometer = Some(sender);
    }

    /// Pulls the thermometer off.
    pub(crate) fn unplug(&mut self) {
        self.thermometer = None;
    }

    /// Changes the temperature at once.
    pub(crate) fn set(&self, value: i32) {
        self.temperature.store(value, Ordering::SeqCst);
    }

    /// Returns the command that runs the guard.
    pub(crate) fn command(&self, program: &mut Command) -> Command {
        let mut command = Command::new(program.get_program());
        command.args(program.get_args()).args(["run", "--json", "--rehearsal"]);
        command.args(["--speed", SPEED, "--config"]).arg(self.path("guard.toml"));
        for variable in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM"] {
            command.env_remove(variable);
        }
        command.stdout(Stdio::piped());
        command
    }

    /// Runs the guard.
    pub(crate) fn run(&self) -> Running {
        Running::new(self.command(&mut program()).spawn().unwrap())
    }

    /// Opens the relay, as the system does when the guard has ended.
    pub(crate) fn off(&self) -> Output {
        let config = self.path("guard.toml");
        program().args(["off", "--rehearsal", "--config"]).arg(config).output().unwrap()
    }

    /// Tells whether the furnace is on, seen from outside.
    pub(crate) fn heats(&self) -> bool {
        match &*fs::read_to_string(self.path("furnace/relay")).unwrap() {
            "closed\n" => true,
            "open\n" => false,
            other => panic!("{other:?}"),
        }
    }
}

/// Returns the program that the system runs.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_space-guard"))
}

/// Waits until the relay closes or opens, and returns what was said.
#[track_caller]
pub(crate) fn until(guard: &Running, relay: &str) -> Value {
    loop {
        let line = guard.wait("changed");
        if line["relay"] == relay {
            return line;
        }
    }
}
