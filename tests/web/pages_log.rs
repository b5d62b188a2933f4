//! The diagnostic log: the lines of all processes.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    part,
    world::{PASSWORD, World, basic},
};

/// requirements.md D-94.
#[test]
fn the_log_has_what_every_process_told() {
    let world = World::new();
    let door = world.start(&["door", "run"]);
    door.wait("in-force");
    let web = world.web();
    web.get_with("/", ("authorization", "Basic eDp5"));
    web.running.wait("wrong-password");
    // The lines are written by a thread of their own; the ends of the processes wait for them.
    door.end();
    web.running.end();
    let web = world.web();
    let (status, page) = web.get("view", "/log");
    assert_eq!(status, 200);
    assert!(page.contains(">door</td>") && page.contains(">web</td>"), "{page}");
    assert!(page.contains("every door is locked") && page.contains("a wrong name"), "{page}");
    assert!(page.contains("data-live=\"often\""), "{page}");
    let (_, warnings) = web.get("view", "/log?severity=4&process=web");
    assert!(warnings.contains("a wrong name") && !warnings.contains("every door"), "{warnings}");
    assert!(!warnings.contains(">door</td>"), "{warnings}");
    // A log is kept, and so it has no names.
    let folder = world.git().join("space/journal");
    let text = fs::read_to_string(folder.join("door.log")).unwrap();
    assert!(!text.contains("Ada"), "{text}");
}

/// Writes a journal as journald does, from entries in the export format of systemd.
fn write_journal(folder: &Path, entries: &[&[(&str, &[u8])]]) {
    let mut export = Vec::new();
    for (number, fields) in (1_u64..).zip(entries) {
        let time = 1_768_500_000_000_000 + number * 1_000_000;
        export.extend(
            format!("__REALTIME_TIMESTAMP={time}\n__MONOTONIC_TIMESTAMP={number}\n").bytes(),
        );
        export.extend(b"_BOOT_ID=0123456789abcdef0123456789abcdef\n");
        for (name, value) in *fields {
            export.extend(name.bytes());
            let length = (value.len() as u64).to_le_bytes();
            export.extend([b"\n", &length[..], value, b"\n"].concat());
        }
        export.push(b'\n');
    }
    let file = folder.join("export");
    fs::write(&file, export).unwrap();
    let journal = folder.join("remote.journal");
    let mut remote = Command::new(REMOTE);
    assert!(part::works(remote.arg("--output").arg(&journal).arg(&file)));
}

const REMOTE: &str = "/lib/systemd/systemd-journal-remote";

/// requirements.md D-94. The real journalctl reads a real journal.
#[test]
fn the_log_is_that_of_the_systems_journal_where_it_is_kept_there() {
    if !part::there(REMOTE, &["--version"]) || !part::there("journalctl", &["--version"]) {
        return;
    }
    let world = World::new();
    let folder = world.beside("journal");
    fs::create_dir(&folder).unwrap();
    let wrapper = world.beside("bin");
    fs::create_dir(&wrapper).unwrap();
    let script =
        format!("#!/bin/sh\nexec /usr/bin/journalctl --directory={} \"$@\"\n", folder.display());
    fs::write(wrapper.join("journalctl"), script).unwrap();
    fs::set_permissions(wrapper.join("journalctl"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", wrapper.display(), std::env::var("PATH").unwrap());
    let mut command = world.command(&["web", "run"]);
    command.env("PATH", path).env("JOURNAL_STREAM", "8:1").stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told = lines.find(|it| it.contains("http://127.0.0.1:")).unwrap();
    let (_, rest) = told.split_once("http://").unwrap();
    let address = rest.split(|c: char| c != '.' && c != ':' && !c.is_ascii_digit()).next().unwrap();
    let get = |path: &str| {
        let request = ureq::get(format!("http://{address}{path}"));
        let answer = request.header("authorization", basic("view", PASSWORD)).call();
        answer.unwrap().into_body().read_to_string().unwrap()
    };
    // A journal without any of our units is no fault.
    let ssh: &[(&str, &[u8])] = &[("_SYSTEMD_UNIT", b"ssh.service"), ("MESSAGE", b"not ours")];
    write_journal(&folder, &[ssh]);
    let page = get("/log");
    assert!(page.contains("group systemd-journal") && !page.contains("not ours"), "{page}");
    fs::remove_file(folder.join("remote.journal")).unwrap();
    let long = vec![b'x'; 5_000];
    write_journal(
        &folder,
        &[
            ssh,
            &[
                ("PRIORITY", b"6"),
                ("_SYSTEMD_UNIT", b"space-door.service"),
                ("MESSAGE", b"locked <b>"),
            ],
            &[
                ("PRIORITY", b"4"),
                ("_SYSTEMD_UNIT", b"space-web.service"),
                ("MESSAGE", b"trouble: x"),
            ],
            // What the service manager says about a unit of ours; and somebody who claims to be it.
            &[
                ("PRIORITY", b"5"),
                ("_SYSTEMD_UNIT", b"init.scope"),
                ("_PID", b"1"),
                ("_UID", b"0"),
                ("UNIT", b"space-guard.service"),
                ("MESSAGE", b"Failed with result 'watchdog'."),
            ],
            &[
                ("_SYSTEMD_UNIT", b"evil.service"),
                ("_PID", b"99"),
                ("_UID", b"1000"),
                ("UNIT", b"space-door.service"),
                ("MESSAGE", b"pretending"),
            ],
            &[
                ("_SYSTEMD_UNIT", b"space-bridge.service"),
                ("MESSAGE", b"two\nlines \xff\x1b[31mred"),
            ],
            &[("_SYSTEMD_UNIT", b"space-door.service"), ("MESSAGE", &long)],
        ],
    );
    let page = get("/log");
    for part in [
        ">door</td>",
        ">guard</td>",
        "locked &lt;b&gt;",
        "trouble: x",
        "two\nlines \u{fffd}",
        "watchdog",
        "more than 4,096 bytes",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for part in ["not ours", "pretending", "\u{1b}"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
    let warnings = get("/log?severity=4&process=web");
    assert!(warnings.contains("trouble: x") && !warnings.contains("watchdog"), "{warnings}");
    child.kill().unwrap();
    child.wait().unwrap();
}
