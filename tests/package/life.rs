//! From installing the package to the last trace of it.

use std::{
    fs,
    os::unix::{fs::PermissionsExt as _, net::UnixDatagram},
    path::Path,
    process::{Child, Stdio},
    time::Duration,
};

use serde_json::Value;
use space::control::{Request, ask};

use crate::{machine::Machine, made::package, traces};

/// Far longer than anything takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

const UNITS: [&str; 5] = [
    "space-door.service",
    "space-bridge.service",
    "space-fetch.service",
    "space-fetch.timer",
    "space-maintain.service",
];

const RECORDS: &str = "/var/lib/space/space.git";

/// What belongs to the admin and not to the package.
const THEIRS: [&str; 2] = ["etc/space", "var/lib/space"];

#[test]
fn a_machine_gets_it_runs_a_door_and_loses_it_without_a_trace_but_the_data() {
    let (Some(deb), Some(machine)) = (package(), Machine::fresh()) else { return };
    // As on a Raspberry Pi.
    machine.root_does(&["groupadd", "--system", "gpio"]);
    let before = traces::all(machine.root());

    install(&machine, &deb);
    assert_eq!(enabled(&machine), ["disabled"; 2]);
    machine.root_does(&[&["systemd-analyze", "verify", "--man=no"], &UNITS[..]].concat());
    let groups = machine.root_does(&["id", "--name", "--groups", "space-door"]);
    let mut groups: Vec<&str> = groups.split_whitespace().collect();
    groups.sort_unstable();
    assert_eq!(groups, ["dialout", "gpio", "space-admins", "space-door"]);

    set_up(&machine);
    machine.root_does(&["systemctl", "enable", "--quiet", "space-fetch.timer", "space-door"]);
    assert_eq!(enabled(&machine), ["enabled"; 2]);
    let mut door = Door::start(&machine);
    assert_eq!(door.read("15408774"), "granted");
    assert_eq!(door.read("15408775"), "denied");
    door.stop();

    machine.root_does(&["dpkg", "--remove", "space"]);
    assert!(!machine.at("usr/bin/space").exists());
    let kept = kept(&machine);
    let message = machine.root_does(&["dpkg", "--purge", "space"]);
    for place in THEIRS {
        assert!(message.contains(&format!("/{place}")), "{message}");
    }
    assert_eq!(self::kept(&machine), kept);
    let owner = machine.root_does(&["find", "/var/lib/space", "!", "-user", "root"]);
    assert_eq!(owner, "", "a later user of the same number must not get the key");

    let mut after = traces::all(machine.root());
    after.retain(|path, _| !THEIRS.iter().any(|theirs| path.starts_with(theirs)));
    let mut before = before;
    for (path, how) in after {
        assert_eq!(before.remove(&path).as_ref(), Some(&how), "{}", path.display());
    }
    assert!(before.is_empty(), "these are gone: {:?}", before.keys());

    // Installed again, it finds what it left.
    install(&machine, &deb);
    let list = machine.root_does(&["space", "-C", RECORDS, "activity", "list", "--json"]);
    assert!(list.contains("granted"), "{list}");
}

/// Installs the package as the README has it; what it needs is there already.
fn install(machine: &Machine, deb: &Path) {
    fs::copy(deb, machine.at("tmp/space.deb")).unwrap();
    let apt = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends"];
    machine.root_does(&[&apt[..], &["/tmp/space.deb"]].concat());
}

/// Tells which of the units that an admin can enable are enabled.
fn enabled(machine: &Machine) -> Vec<String> {
    let ask = ["systemctl", "is-enabled", "space-fetch.timer", "space-door.service"];
    // That something is disabled counts as failure.
    let done = machine.command("root", &ask).output().unwrap();
    String::from_utf8(done.stdout).unwrap().lines().map(ToOwned::to_owned).collect()
}

/// Makes a space and configures a simulated door, as an admin does.
fn set_up(machine: &Machine) {
    let example = fs::read_to_string(machine.at("usr/share/doc/space/examples/door.toml")).unwrap();
    // A simulator has no wires for readings; they come through the socket.
    let kept = example.lines().filter(|it| !it.starts_with("port =") && !it.starts_with("entry ="));
    let config = kept.collect::<Vec<_>>().join("\n").replace("board.accx", "board.simulator");
    fs::create_dir(machine.at("etc/space")).unwrap();
    fs::write(machine.at("etc/space/door.toml"), config).unwrap();
    for folder in ["/var/lib/space", "/run/space"] {
        // The second one is systemd's to make.
        let owned = ["install", "-d", "-o", "space-door", "-g", "space-door", "-m", "750"];
        machine.root_does(&[&owned[..], &[folder]].concat());
    }
    let own = [("user.name", "Grace"), ("user.email", "grace@example.org")];
    for (key, value) in own {
        machine.door_does(&["git", "config", "--global", key, value]);
    }
    machine.door_does(&["space", "init", "--bare", RECORDS, "--name", "Makers", "--zone", "UTC"]);
    let space = |args: &[&str]| machine.door_does(&[&["space", "-C", RECORDS], args].concat());
    space(&["member", "add", "Ada Lovelace", "--paid-until", "2199-01-01"]);
    space(&["credential", "add", "--member", "ada", "--fob", "15408774"]);
}

/// Returns the checksums of what has to stay: the configuration, the records, the journal.
fn kept(machine: &Machine) -> String {
    let sums = "find /etc/space /var/lib/space -type f | sort | xargs sha256sum";
    machine.root_does(&["sh", "-c", sums])
}

/// The door as its unit starts it.
struct Door<'m> {
    machine: &'m Machine,
    process: Child,
}

impl<'m> Door<'m> {
    fn start(machine: &'m Machine) -> Self {
        let unit = machine.at("usr/lib/systemd/system/space-door.service");
        let unit = fs::read_to_string(unit).unwrap();
        let setting = |name: &str| {
            let found = unit.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            found.unwrap_or_else(|| panic!("the unit has no {name}"))
        };
        let line: Vec<&str> = setting("ExecStart").split(' ').collect();
        let (variable, value) = setting("Environment").split_once('=').unwrap();
        let manager = UnixDatagram::bind(machine.at("run/manager")).unwrap();
        fs::set_permissions(machine.at("run/manager"), fs::Permissions::from_mode(0o666)).unwrap();
        manager.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut command = machine.command(setting("User"), &line);
        command.env(variable, value).env("NOTIFY_SOCKET", "/run/manager").stdout(Stdio::null());
        let door = Self { machine, process: command.spawn().unwrap() };
        let mut message = [0; 64];
        let length = manager.recv(&mut message).expect("the door says that it is ready");
        assert_eq!(message[..length].trim_ascii(), b"READY=1");
        door
    }

    /// Holds a fob to the reader.
    fn read(&self, fob: &str) -> String {
        let scan = format!(r#"{{"read":{{"facility":"frontdoor","type":"fob","code":"{fob}"}}}}"#);
        let request: Request = serde_json::from_str(&scan).unwrap();
        let answer = ask(&self.machine.at("run/space/door.sock"), &request).unwrap();
        let Value::String(result) = &answer["result"] else { panic!("{answer}") };
        result.clone()
    }

    fn stop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Door<'_> {
    fn drop(&mut self) {
        // It has ended as it should, unless the test failed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
