//! The program is only the guard: nothing else is in it, and it wakes up for nothing else.

use std::{fs, os::unix::net::UnixDatagram, path::PathBuf, process::Command, time::Duration};

use crate::{
    running::Running,
    world::{World, program},
};

/// Far longer than anything takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many signs of life are waited for: one a period.
const PERIODS: u64 = 100;

#[test]
fn nothing_of_the_other_programs_is_in_it() {
    let strangers = ["libgit2", "clap_builder", "axum", "hyper", "reqwest", "rumqttc"];
    let dir = tempfile::tempdir().unwrap();
    // Some linkers leave the names of all that they have looked into; the package has no symbols at all.
    let stripped = |program: &str| {
        let bare = dir.path().join("bare");
        let done = Command::new("strip").arg("-o").arg(&bare).arg(program).status();
        assert!(done.unwrap().success(), "{program}");
        fs::read(bare).unwrap()
    };
    let [space, guard] = [env!("CARGO_BIN_EXE_space"), env!("CARGO_BIN_EXE_space-guard")];
    let [space, guard] = [stripped(space), stripped(guard)];
    let has = |bytes: &[u8], name: &str| bytes.windows(name.len()).any(|it| it == name.as_bytes());
    for name in strangers {
        assert!(has(&space, name), "{name}: the other one has it");
        assert!(!has(&guard, name), "{name}");
    }
}

/// Its thread wakes up for the period and for the answer of its thermometer, which wakes up for the
/// question. The rest of the wake-ups are those of the thread that tells, at a change and every ten periods.
#[cfg(target_os = "linux")]
#[test]
fn it_wakes_up_once_a_period_and_takes_little_memory() {
    let world = World::new();
    let socket = world.path("notify");
    let signs = UnixDatagram::bind(&socket).unwrap();
    signs.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut command = world.command(&mut program());
    command.env("NOTIFY_SOCKET", &socket).env("WATCHDOG_USEC", "3000000");
    let guard = Running::new(command.spawn().unwrap());
    let mut sign = [0; 64];
    for _ in 0..10 {
        signs.recv(&mut sign).unwrap();
    }
    let before = wakeups(guard.child.id());
    for _ in 0..PERIODS {
        signs.recv(&mut sign).unwrap();
    }
    let own = status(&format!("/proc/{}/status", guard.child.id()), "RssAnon:");
    assert!(own < 1_024, "{own} kB of its own");
    let seen = wakeups(guard.child.id()) - before;
    assert!((PERIODS..=PERIODS * 7 / 2).contains(&seen), "{seen} in {PERIODS} periods");
}

/// Counts how often the threads of a process have waited.
#[cfg(target_os = "linux")]
fn wakeups(process: u32) -> u64 {
    let threads = fs::read_dir(PathBuf::from(format!("/proc/{process}/task"))).unwrap();
    let line = "voluntary_ctxt_switches:";
    threads.map(|it| status(&it.unwrap().path().join("status").display().to_string(), line)).sum()
}

/// Reads a number that the system tells about a process or a thread.
#[cfg(target_os = "linux")]
fn status(path: &str, line: &str) -> u64 {
    let status = fs::read_to_string(path).unwrap();
    let found = status.lines().find_map(|it| it.strip_prefix(line)).unwrap();
    found.split_whitespace().next().unwrap().parse().unwrap()
}
