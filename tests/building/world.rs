//! A space with meters, a broker, and whatever measures it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use space::{
    config::BuildingState,
    domain::model::{Meter, Slug},
    integrations::mqtt::{Happening, Mqtt, Outgoing},
    store::{Store, measurements},
};

use crate::{mosquitto::Mosquitto, running::Running};

/// Long enough for anything that happens at all.
pub(crate) const LONG: Duration = Duration::from_secs(60);

pub(crate) struct World {
    dir: tempfile::TempDir,
    pub(crate) broker: Mosquitto,
}

impl World {
    /// Makes a space with these meters; `None` if there is no mosquitto.
    pub(crate) fn new(meters: &[(&str, &str)]) -> Option<Self> {
        let broker = Mosquitto::start()?;
        let world = Self { dir: tempfile::tempdir().unwrap(), broker };
        let settings = "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n\
                        [init]\n\tdefaultBranch = main\n";
        fs::write(world.dir.path().join(".gitconfig"), settings).unwrap();
        world.good(&["init", "makers", "--name", "Makers", "--zone", "Europe/London"]);
        let folder = world.space().join("meters");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in meters {
            let meter: Meter = serde_json::from_str(text).unwrap();
            let text = serde_json::to_string_pretty(&meter).unwrap() + "\n";
            fs::write(folder.join(format!("{name}.json")), text).unwrap();
        }
        world.git(&["add", "-A"]);
        world.git(&["commit", "-qm", "meters"]);
        world.configure("");
        Some(world)
    }

    pub(crate) fn space(&self) -> PathBuf {
        self.dir.path().join("makers")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn socket(&self) -> PathBuf {
        self.space().join(".git/space/door.sock")
    }

    /// Writes the configuration, with more at its end.
    pub(crate) fn configure(&self, more: &str) {
        let text = format!(
            "space = {:?}\nguard = {:?}\nstate = {:?}\ndoors = [{:?}]\n\
             [mqtt]\nhost = \"127.0.0.1\"\nport = {}\n{more}\n",
            self.space(),
            self.path("guard.json"),
            self.path("building.json"),
            self.socket(),
            self.broker.port
        );
        fs::write(self.path("building.toml"), text).unwrap();
    }

    fn command(&self, program: &str, at: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.args(args).current_dir(at).env_clear();
        command.env("PATH", path).env("HOME", self.dir.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("SPACE_BUILDING_CONFIG", self.path("building.toml"));
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        let at = if self.space().exists() { self.space() } else { self.dir.path().to_owned() };
        self.command(env!("CARGO_BIN_EXE_space"), &at, args).output().unwrap()
    }

    /// Runs a command that works, and returns what it says.
    #[track_caller]
    pub(crate) fn good(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    fn git(&self, args: &[&str]) {
        let none = ["-c", "core.hooksPath=/nowhere"];
        let all = [&none[..], args].concat();
        let done = self.command("git", &self.space(), &all).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Starts a program that runs until the test ends.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        let mut command = self.command(env!("CARGO_BIN_EXE_space"), &self.space(), args);
        let child = command.arg("--json").stdout(Stdio::piped()).spawn().unwrap();
        Running::new(child)
    }

    /// Starts what measures, and waits until it knows its meters and its broker.
    pub(crate) fn measuring(&self) -> Running {
        let building = self.start(&["building", "run"]);
        let (mut connected, mut in_force) = (false, false);
        while !connected || !in_force {
            let line = building.any();
            connected |= line["event"] == "connected";
            in_force |= line["event"] == "in-force";
        }
        building
    }

    pub(crate) fn state(&self) -> Option<BuildingState> {
        BuildingState::read(&self.path("building.json")).unwrap()
    }

    /// Waits until the state is as expected, and returns it.
    #[track_caller]
    pub(crate) fn wait_for(&self, fits: impl Fn(&BuildingState) -> bool) -> BuildingState {
        let began = Instant::now();
        loop {
            let state = self.state();
            if let Some(state) = state.clone().filter(&fits) {
                return state;
            }
            assert!(began.elapsed() < LONG, "{state:?}");
            std::thread::yield_now();
        }
    }

    /// Returns the values that were kept of a meter, in its base unit.
    pub(crate) fn kept(&self, name: &str) -> Vec<f64> {
        let store = Store::open(&self.space()).unwrap();
        let folder = measurements::folder(store.dir());
        let text = fs::read(self.space().join(format!("meters/{name}.json"))).unwrap();
        let meter: Meter = serde_json::from_slice(&text).unwrap();
        let name: Slug = name.parse().unwrap();
        let all = ["2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"].map(|it| it.parse().unwrap());
        let all = (all[0], all[1]);
        let mut found = Vec::new();
        measurements::each(&folder, &name, meter.unit.base(), all, |it| found.push(it.number()))
            .unwrap();
        found
    }
}

/// Waits for a message on a topic that fits, and returns it.
#[track_caller]
pub(crate) fn wait_for_message(
    client: &dyn Mqtt,
    topic: &str,
    fits: impl Fn(&str) -> bool,
) -> String {
    let (began, mut seen) = (Instant::now(), Vec::new());
    loop {
        assert!(began.elapsed() < LONG, "{topic}: {seen:?}");
        let Some(Happening::Message(it)) = client.next(Duration::from_millis(200)) else {
            continue;
        };
        let payload = String::from_utf8(it.payload).unwrap();
        if it.topic == topic && fits(&payload) {
            return payload;
        }
        seen.push((it.topic, payload));
    }
}

/// Publishes until that works: a connection may just be made.
pub(crate) fn publish(client: &dyn Mqtt, topic: &str, payload: &str) {
    let (message, began) = (Outgoing::passing(topic, payload), Instant::now());
    while client.publish(&message).is_err() {
        assert!(began.elapsed() < LONG);
        client.next(Duration::from_millis(50));
    }
}
