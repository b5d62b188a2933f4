//! The systemd units, as systemd itself reads them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "support/units.rs"]
mod units;

use std::{fs, path::Path, process::Command};

use space::config::{
    BridgeConfig, BuildingConfig, Config, GuardConfig, QueueConfig, ServicesConfig,
};
use units::UNITS;

/// The maximum exposure of the door's process according to `systemd-analyze security`, where 10 is
/// everything and 2 is little.
const EXPOSURE: u32 = 12; // tenths

/// The same for the processes beside it, in tenths.
const OTHERS: u32 = 15;

fn written() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut space = Command::new(env!("CARGO_BIN_EXE_space"));
    let done = space.args(["door", "service", "--to"]).arg(dir.path()).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    // systemd refuses a missing program, and here it is not installed.
    for unit in UNITS {
        let path = dir.path().join(unit);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(
            &path,
            text.replace("=space ", "=/bin/true ").replace("=space-guard ", "=/bin/true "),
        )
        .unwrap();
    }
    dir
}

/// Returns systemd's own checker; says so if it is not installed.
fn analyze() -> Option<Command> {
    let there = part::there("systemd-analyze", &["--version"]);
    there.then(|| Command::new("systemd-analyze"))
}

#[test]
fn systemd_finds_nothing_wrong_with_the_units() {
    let Some(mut analyze) = analyze() else { return };
    let dir = written();
    let units = UNITS.map(|unit| dir.path().join(unit));
    let done = analyze.args(["verify", "--man=no"]).args(units).output().unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && !stderr.contains(dir.path().to_str().unwrap()), "{stderr}");
}

#[test]
fn the_process_that_opens_doors_reaches_no_network_and_little_else() {
    let text = fs::read_to_string("data-template/systemd/space-door.service").unwrap();
    for line in ["PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "WatchdogSec=10"] {
        assert!(text.lines().any(|it| it == line), "{line}");
    }
    let Some(mut analyze) = analyze() else { return };
    let dir = written();
    let unit = dir.path().join(UNITS[0]);
    let limit = format!("--threshold={EXPOSURE}");
    let done = analyze.args(["security", "--offline=true", "--no-pager", &limit]).arg(&unit);
    let done = done.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

/// Returns the values of a setting of a unit.
fn setting(unit: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("data-template/systemd/{unit}")).unwrap();
    let values = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    values.flat_map(|it| it.split(' ')).map(|it| it.trim_start_matches('-').to_owned()).collect()
}

/// The processes beside the door reach what they need and not what opens doors.
#[test]
fn the_process_on_the_network_has_a_user_of_its_own_and_nothing_of_the_doors() {
    let fetch = "space-fetch.service";
    assert_eq!(setting(fetch, "User"), ["space-fetch"]);
    assert_eq!(setting(fetch, "Group"), ["space-fetch"]);
    assert_eq!(setting(fetch, "InaccessiblePaths"), ["/run/space", "/var/lib/space"]);
    assert_eq!(setting(fetch, "OnSuccess"), ["space-follow.service"]);
    let users = fs::read_to_string("data-template/systemd/space.sysusers").unwrap();
    let joins = |line: &str| line.starts_with("m space-fetch ");
    assert!(!users.lines().any(joins), "it belongs to no group but its own");
}

#[test]
fn what_takes_over_the_fetched_commits_has_no_network_and_sees_no_socket_key_or_journal() {
    let follow = "space-follow.service";
    assert_eq!(setting(follow, "PrivateNetwork"), ["yes"]);
    let hidden = ["/run/space", "/var/lib/space/journal", "/var/lib/space/space.git/space"];
    assert_eq!(setting(follow, "InaccessiblePaths"), hidden);
    let kept = ["/var/lib/space/space.git/config", "/var/lib/space/space.git/hooks"];
    assert_eq!(setting(follow, "ReadOnlyPaths"), kept);
}

#[test]
fn the_bridge_sees_no_socket_and_only_reads_the_journal() {
    let bridge = "space-bridge.service";
    assert_eq!(setting(bridge, "InaccessiblePaths"), ["/run/space"]);
    let kept = ["/var/lib/space/journal", "/var/lib/space/space.git/hooks"];
    assert_eq!(setting(bridge, "ReadOnlyPaths"), kept);
}

#[test]
fn the_processes_beside_the_door_are_hardly_exposed() {
    let Some(_) = analyze() else { return };
    let dir = written();
    for unit in [
        "space-bridge.service",
        "space-building.service",
        "space-chat.service",
        "space-failed@.service",
        "space-fetch.service",
        "space-follow.service",
        "space-maintain.service",
        "space-services.service",
    ] {
        let mut analyze = analyze().unwrap();
        let limit = format!("--threshold={OTHERS}");
        let done = analyze.args(["security", "--offline=true", "--no-pager", &limit]);
        let done = done.arg(dir.path().join(unit)).output().unwrap();
        assert!(done.status.success(), "{unit}: {}", String::from_utf8_lossy(&done.stdout));
    }
}

#[test]
fn the_building_only_reads_the_journal_and_sees_nothing_else_of_the_door_but_its_socket() {
    let building = "space-building.service";
    assert_eq!(setting(building, "User"), ["space-building"]);
    assert_eq!(setting(building, "ReadOnlyPaths"), ["/var/lib/space/journal"]);
    let hidden = ["/var/lib/space/space.git", "/var/lib/space-fetch", "/var/lib/space-web"];
    assert_eq!(setting(building, "InaccessiblePaths"), hidden);
    let guard = setting("space-guard.service", "InaccessiblePaths");
    assert!(guard.iter().any(|it| it == "/var/lib/space-building"), "{guard:?}");
}

#[test]
fn the_chat_works_in_the_repository_of_the_pages_and_only_reads_the_journal() {
    let chat = "space-chat.service";
    assert_eq!(setting(chat, "User"), ["space-web"]);
    assert_eq!(setting(chat, "ReadOnlyPaths"), ["/var/lib/space/journal"]);
    let hidden = ["/var/lib/space/space.git", "/var/lib/space-fetch"];
    assert_eq!(setting(chat, "InaccessiblePaths"), hidden);
}

/// `space-fetch` may fail at any hour for want of a network, and the door itself tells if its records grow
/// old; those that run for years are started again, and systemd calls none of them failed.
#[test]
fn what_runs_now_and_then_reports_its_failure_to_the_chat() {
    for unit in UNITS {
        let wanted = setting(unit, "Type") == ["oneshot"]
            && !["space-fetch.service", "space-failed@.service"].contains(&unit);
        let expected: &[&str] = if wanted { &["space-failed@%N.service"] } else { &[] };
        assert_eq!(setting(unit, "OnFailure"), expected, "{unit}");
    }
    let failed = "space-failed@.service";
    let asked = "space chat report-failure %i on %H has failed: `systemctl status %i` says why.";
    assert_eq!(setting(failed, "ExecStart").join(" "), asked);
    // Where no chat is, nothing happens; where one is, both work in the same repository as the same user.
    let condition = setting("space-chat.service", "ConditionPathExists");
    assert_eq!(setting(failed, "ConditionPathExists"), condition);
    for name in ["User", "Environment", "StateDirectory"] {
        assert_eq!(setting(failed, name), setting("space-chat.service", name), "{name}");
    }
    assert_eq!(setting(failed, "PrivateNetwork"), ["yes"]);
}

/// It hears nobody, and whatever ends it opens the relay.
#[test]
fn the_process_that_cuts_the_furnace_hears_nobody_and_its_end_opens_the_relay() {
    let unit = "space-guard.service";
    for (name, value) in [
        ("User", "space-guard"),
        ("PrivateNetwork", "yes"),
        ("RestrictAddressFamilies", "AF_UNIX"),
        ("ProtectSystem", "strict"),
        ("NoNewPrivileges", "yes"),
        ("Restart", "always"),
        ("WatchdogSec", "3"),
        ("WatchdogSignal", "SIGKILL"),
    ] {
        assert_eq!(setting(unit, name), [value], "{name}");
    }
    assert_eq!(setting(unit, "ExecStart"), ["space-guard", "run"]);
    assert_eq!(setting(unit, "ExecStopPost"), ["space-guard", "off"]);
    // No socket, no group of others, and nothing to write but its own two folders.
    for name in ["ReadWritePaths", "SupplementaryGroups", "Sockets", "BindPaths", "Environment"] {
        assert!(setting(unit, name).is_empty(), "{name}");
    }
    let users = fs::read_to_string("data-template/systemd/space.sysusers").unwrap();
    assert!(!users.lines().any(|line| line.starts_with("m space-guard ")), "{users}");
    let Some(mut analyze) = analyze() else { return };
    let dir = written();
    let limit = format!("--threshold={EXPOSURE}");
    let done = analyze.args(["security", "--offline=true", "--no-pager", &limit]);
    let done = done.arg(dir.path().join(unit)).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

/// It would end at once and be started again every second, for ever.
#[test]
fn a_door_without_a_configuration_is_not_started() {
    let needed = setting("space-door.service", "ConditionPathExists");
    assert_eq!(
        needed,
        [setting("space-door.service", "Environment")[0].replace("SPACE_CONFIG=", "")]
    );
}

/// The socket is given to a group without any privilege: the door's user is one of its members.
#[test]
fn the_group_that_operates_the_door_exists_and_reaches_the_socket() {
    let users = fs::read_to_string("data-template/systemd/space.sysusers").unwrap();
    let has = |wanted: &str| users.lines().any(|line| line == wanted);
    assert!(has("g space-admins -") && has("m space-door space-admins"), "{users}");
    let unit = fs::read_to_string("data-template/systemd/space-door.service").unwrap();
    assert!(unit.lines().any(|line| line == "RuntimeDirectoryMode=0755"));
}

/// systemd does not start a unit if one of its groups is missing, and sysusers.d would create it.
#[test]
fn the_door_asks_for_no_group_that_a_machine_may_lack() {
    for file in ["space-door.service", "space.sysusers"] {
        let text = fs::read_to_string(format!("data-template/systemd/{file}")).unwrap();
        let asks = |it: &str| {
            // These groups are created by the same file.
            let own = ["m space-door space-admins", "m space-door space-fetch"];
            it.starts_with("SupplementaryGroups=") || it.starts_with("m ") && !own.contains(&it)
        };
        assert!(!text.lines().any(asks), "{file}");
    }
}

#[test]
fn the_example_of_a_configuration_can_be_used_also_with_all_that_it_only_hints_at() {
    let path = Path::new("data-template/systemd/door.toml");
    let text = fs::read_to_string(path).unwrap();
    Config::parse(path, &text).unwrap();
    let all = Config::parse(path, &hinted(&text)).unwrap();
    assert_eq!((all.doors.len(), all.devices.len()), (2, 3));
    assert_eq!(all.group.as_deref(), Some("space-admins"));
}

#[test]
fn the_one_of_the_guard_says_what_applies_if_nothing_is_said() {
    let path = Path::new("data-template/systemd/guard.toml");
    let text = fs::read_to_string(path).unwrap();
    let config = GuardConfig::parse(path, &text).unwrap();
    assert_eq!(config.limits, space::domain::guard::Limits::DEFAULT);
    let all = hinted(&text.replace("# [[thermometers]] ", "[[thermometers]] "));
    let all = GuardConfig::parse(path, &all).unwrap();
    assert_eq!(all.thermometers.len(), 2);
    let (before, _) = text.split_once("[limits]").unwrap();
    assert_eq!(GuardConfig::parse(path, before).unwrap(), config);
}

#[test]
fn so_can_the_one_of_the_building() {
    let path = Path::new("data-template/systemd/building.toml");
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(BuildingConfig::parse(path, &text).unwrap().mqtt, None);
    let all = BuildingConfig::parse(path, &hinted(&text)).unwrap();
    assert!(all.mqtt.unwrap().tls && all.home_assistant.unwrap().unlock.len() == 1);
}

#[test]
fn so_can_the_one_of_the_services() {
    let path = Path::new("data-template/systemd/services.toml");
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(ServicesConfig::parse(path, &text).unwrap(), ServicesConfig::default());
    let all = ServicesConfig::parse(path, &hinted(&text)).unwrap();
    let of = |name: &str| all.processors.iter().find(|(it, _)| it.as_str() == name).unwrap().1;
    assert!(of("stripe").url.is_some() && of("stripe").webhook_secret_file.is_some());
    assert!(of("gocardless").url.is_some() && all.return_url.is_some());
}

/// It hints at two kinds of queues, of which a machine has one.
#[test]
fn so_can_the_one_of_the_bridge() {
    let path = Path::new("data-template/systemd/bridge.toml");
    let text = fs::read_to_string(path).unwrap();
    let config = BridgeConfig::parse(path, &text).unwrap();
    assert!(matches!(config.queue, QueueConfig::Folder(_)), "{config:?}");
    let (before, folder) = text.split_once("[queue.folder]\n").unwrap();
    let (_, after) = folder.split_once("\n\n").unwrap();
    let (sqs, groups) = after.split_once("# If incoming").unwrap();
    let config = BridgeConfig::parse(path, &hinted(&format!("{before}{sqs}"))).unwrap();
    assert!(matches!(config.queue, QueueConfig::Sqs(_)) && config.facilities.is_some());
    let one = after.replace("activities.fifo", "doors.fifo");
    assert!(groups.contains("[groups]"));
    let config = BridgeConfig::parse(path, &hinted(&format!("{before}{one}"))).unwrap();
    assert!(config.is_ours(Some("doors")) && config.groups.is_some());
}

/// Returns a configuration in which everything that is commented out counts.
fn hinted(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(|line| {
            let setting = line.strip_prefix("# ").filter(|it| {
                it.starts_with('[')
                    || it.split_once(" = ").is_some_and(|(key, _)| {
                        key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                    })
            });
            setting.unwrap_or(line)
        })
        .collect();
    lines.join("\n")
}

#[test]
fn existing_files_are_not_overwritten() {
    let dir = written();
    let mut space = Command::new(env!("CARGO_BIN_EXE_space"));
    let done = space.args(["door", "service", "--to"]).arg(dir.path()).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
}
