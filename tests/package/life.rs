//! From installing the package to the last trace of it.

use std::{
    fs,
    io::Write as _,
    os::unix::{fs::PermissionsExt as _, net::UnixDatagram},
    path::Path,
    process::{Child, Stdio},
    sync::mpsc::Receiver,
    time::Duration,
};

use serde_json::Value;
use space::control::{Request, ask};

use crate::{desk, machine::Machine, made::package, setup, traces, units::UNITS};

/// Far longer than anything takes; a test that waits so long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The shared repository, which is on this machine too, so that no network is needed.
pub(crate) const SERVER: &str = "/srv/space.git";

const MIRROR: &str = "/var/lib/space-fetch/mirror.git";

pub(crate) const RECORDS: &str = "/var/lib/space/space.git";

/// What belongs to the admin and not to the package.
const THEIRS: [&str; 3] = ["etc/space", "var/lib/space", "var/lib/space-fetch"];

#[test]
fn a_machine_gets_it_runs_a_door_and_loses_it_without_a_trace_but_the_data() {
    let Some(deb) = package() else { return };
    let Some(machine) = Machine::fresh() else { return };
    prepare(&machine);
    let before = traces::all(machine.root());

    install(&machine, &deb);
    assert_eq!(enabled(&machine), ["disabled"; 2]);
    machine.root_does(&[&["systemd-analyze", "verify", "--man=no"], &UNITS[..]].concat());
    let groups = machine.root_does(&["id", "--name", "--groups", "space-door"]);
    let mut groups: Vec<&str> = groups.split_whitespace().collect();
    groups.sort_unstable();
    assert_eq!(groups, ["dialout", "gpio", "space-admins", "space-door", "space-fetch"]);
    let groups = machine.root_does(&["id", "--name", "--groups", "space-fetch"]);
    assert_eq!(groups, "space-fetch\n");

    serve(&machine);
    let Some(mut board) = setup::by_its_answers(&machine) else { return };
    assert_eq!(enabled(&machine), ["enabled"; 2]);
    make_runtime(&machine);
    let mut door = Door::start(&machine);
    door.says(&["connected: TCM-ACCX"]);
    board.hold("15408774");
    assert_eq!(door.decides(), "granted");
    board.unlocks(1);
    board.hold("15408775");
    assert_eq!(door.decides(), "denied");
    the_one_on_the_network_is_kept_out(&machine);
    push(&machine, &["credential", "add", "--member", "ada", "--fob", "15408775"]);
    machine.serves("space-fetch.service");
    machine.serves("space-follow.service");
    machine.serves("space-maintain.service");
    // It would hear about it by itself, but not at once.
    door.stop();
    let mut door = Door::start(&machine);
    door.says(&["connected: TCM-ACCX"]);
    board.hold("15408775");
    assert_eq!(door.decides(), "granted");
    door.stop();
    board.unplug(&machine);

    machine.root_does(&["dpkg", "--remove", "space"]);
    assert!(!machine.at("usr/bin/space").exists());
    let kept = kept(&machine);
    let message = machine.root_does(&["dpkg", "--purge", "space"]);
    for place in THEIRS {
        assert!(message.contains(&format!("/{place}")), "{message}");
    }
    assert_eq!(self::kept(&machine), kept);
    let theirs = ["find", "/var/lib/space", "/var/lib/space-fetch", "!", "-user", "root"];
    let owner = machine.root_does(&theirs);
    assert_eq!(owner, "", "a later user of the same number must not get the keys");

    machine.root_does(&["rm", "-r", SERVER, "/root/server"]);
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

/// Makes a machine like a Raspberry Pi that somebody has set up for themselves.
pub(crate) fn prepare(machine: &Machine) {
    machine.root_does(&["groupadd", "--system", "gpio"]);
    // git would otherwise ask who writes, and why the server's files belong to another user.
    let known =
        [("user.name", "Grace"), ("user.email", "grace@example.org"), ("safe.directory", SERVER)];
    for (key, value) in known {
        machine.root_does(&["git", "config", "--system", key, value]);
    }
}

/// Installs the package as the README has it; what it needs is there already.
pub(crate) fn install(machine: &Machine, deb: &Path) {
    fs::copy(deb, machine.at("tmp/space.deb")).unwrap();
    let apt = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends"];
    machine.root_does(&[&apt[..], &["/tmp/space.deb"]].concat());
}

/// Tells which of the units that an admin can enable are enabled.
pub(crate) fn enabled(machine: &Machine) -> Vec<String> {
    let ask = ["systemctl", "is-enabled", "space-fetch.timer", "space-door.service"];
    // That something is disabled counts as failure.
    let done = machine.command("root", &ask).output().unwrap();
    String::from_utf8(done.stdout).unwrap().lines().map(ToOwned::to_owned).collect()
}

/// Makes a space whose repository is shared.
pub(crate) fn serve(machine: &Machine) {
    machine.root_does(&["space", "init", "--bare", SERVER, "--name", "Makers", "--zone", "UTC"]);
    push(machine, &["member", "add", "Ada Lovelace", "--tier", "guest"]);
    push(machine, &["credential", "add", "--member", "ada", "--fob", "15408774"]);
}

/// Makes a space and configures a simulated door by hand.
pub(crate) fn set_up(machine: &Machine) {
    let example = fs::read_to_string(machine.at("usr/share/doc/space/examples/door.toml")).unwrap();
    // A simulator has no wires for readings; they come through the socket.
    let kept = example.lines().filter(|it| !it.starts_with("port =") && !it.starts_with("entry ="));
    let config = kept.collect::<Vec<_>>().join("\n").replace("board.accx", "board.simulator");
    fs::create_dir(machine.at("etc/space")).unwrap();
    fs::write(machine.at("etc/space/door.toml"), config).unwrap();
    make_runtime(machine);
    serve(machine);
    machine.does("space-fetch", &["git", "clone", "--bare", SERVER, MIRROR]);
    machine.does("space-door", &["space", "door", "clone", "--mirror", MIRROR, RECORDS]);
    let key = machine.root_does(&["space", "-C", SERVER, "key", "export"]);
    let mut import = machine.command("space-door", &["space", "-C", RECORDS, "key", "import"]);
    let mut import = import.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    import.stdin.take().unwrap().write_all(key.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
}

/// Makes the folder of the socket, which is systemd's to make.
pub(crate) fn make_runtime(machine: &Machine) {
    let owned = ["install", "-d", "-o", "space-door", "-g", "space-door"];
    machine.root_does(&[&owned[..], &["-m", "755", "/run/space"]].concat());
}

/// Changes something in the shared repository, which everybody may read.
pub(crate) fn push(machine: &Machine, change: &[&str]) {
    machine.root_does(&[&["space", "-C", SERVER], change].concat());
    machine.root_does(&["chmod", "-R", "a+rX", SERVER]);
}

/// The user who fetches reaches nothing of the door's, whatever their process runs.
fn the_one_on_the_network_is_kept_out(machine: &Machine) {
    let fetcher = |args: &[&str]| {
        let done = machine.command("space-fetch", args).output().unwrap();
        assert!(!done.status.success(), "{args:?}");
        String::from_utf8(done.stderr).unwrap()
    };
    let config = ["--config", "/etc/space/door.toml"];
    let unlock = [&["space", "door", "unlock", "frontdoor"], &config[..]].concat();
    assert!(fetcher(&unlock).contains("this user may not use"), "{}", fetcher(&unlock));
    for place in ["space.git/space/key", "space.git/HEAD", "journal"] {
        let place = format!("/var/lib/space/{place}");
        assert!(machine.at(&place).exists(), "{place}");
        let denied = fetcher(&["ls", "-l", &place]);
        assert!(denied.contains("Permission denied"), "{denied}");
    }
    // Nor does the door's user read the key for the server.
    machine.does("space-fetch", &["install", "-d", "-m", "700", "/var/lib/space-fetch/.ssh"]);
    let look = machine.command("space-door", &["ls", "/var/lib/space-fetch/.ssh"]).output();
    assert!(!look.unwrap().status.success());
}

/// Returns the checksums of what has to stay: the configuration, the records, the journal.
fn kept(machine: &Machine) -> String {
    let sums =
        "find /etc/space /var/lib/space /var/lib/space-fetch -type f | sort | xargs sha256sum";
    machine.root_does(&["sh", "-c", sums])
}

/// The door as its unit starts it.
pub(crate) struct Door<'m> {
    machine: &'m Machine,
    process: Child,
    lines: Receiver<String>,
}

impl<'m> Door<'m> {
    pub(crate) fn start(machine: &'m Machine) -> Self {
        let unit = machine.at("usr/lib/systemd/system/space-door.service");
        let unit = fs::read_to_string(unit).unwrap();
        let setting = |name: &str| {
            let found = unit.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            found.unwrap_or_else(|| panic!("the unit has no {name}"))
        };
        let line: Vec<&str> = setting("ExecStart").split(' ').collect();
        let (variable, value) = setting("Environment").split_once('=').unwrap();
        let _ = fs::remove_file(machine.at("run/manager")); // there may be none yet
        let manager = UnixDatagram::bind(machine.at("run/manager")).unwrap();
        fs::set_permissions(machine.at("run/manager"), fs::Permissions::from_mode(0o666)).unwrap();
        manager.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut command = machine.command(setting("User"), &line);
        command.env(variable, value).env("NOTIFY_SOCKET", "/run/manager").stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let lines = desk::lines(process.stdout.take().unwrap());
        let door = Self { machine, process, lines };
        let mut message = [0; 64];
        let length = manager.recv(&mut message).expect("the door says that it is ready");
        assert_eq!(message[..length].trim_ascii(), b"READY=1");
        door
    }

    /// Waits until it says one of some words, and returns that.
    #[track_caller]
    fn says(&self, words: &[&'static str]) -> &'static str {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {words:?}"));
            if let Some(said) = words.iter().find(|it| line.contains(**it)) {
                return said;
            }
        }
    }

    /// Waits for what it decides next.
    pub(crate) fn decides(&self) -> &'static str {
        self.says(&["granted", "denied"])
    }

    /// Holds a fob to the reader of a simulator.
    pub(crate) fn read(&self, fob: &str) -> String {
        let scan = format!(r#"{{"read":{{"facility":"frontdoor","type":"fob","code":"{fob}"}}}}"#);
        let request: Request = serde_json::from_str(&scan).unwrap();
        let answer = ask(&self.machine.at("run/space/door.sock"), &request).unwrap();
        let Value::String(result) = &answer["result"] else { panic!("{answer}") };
        result.clone()
    }

    pub(crate) fn stop(&mut self) {
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
