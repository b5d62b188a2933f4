//! A door's process killed at any moment, on a board that keeps its relays as they are.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::json;
use space::{
    domain::model::{AccessResult, Code},
    store::journal::{self, Filter, Tail},
};

use crate::{board::Board, home::Home, support::key};

/// As many spaces go through it, each with a door and a board of its own.
const SPACES: u32 = 10;

/// So often the process of each is killed.
const KILLS: u32 = 50;

/// As many fobs as a process is shown at most before it is killed.
const ROUND: u64 = 5;

/// As many fobs as there are activities: the same fob again would be one that is held there. Each
/// start reads all of them, so a space has no more than it needs.
const FOBS: u64 = ROUND * KILLS as u64;

fn fob(number: u64) -> u64 {
    2_000_000 + number
}

/// Gives Ada many fobs, each with its own number as its tag.
fn enrol(home: &Home) {
    let files: Vec<(String, String)> = (0..FOBS)
        .map(|number| {
            let code = Code::fob(&fob(number).to_string()).unwrap().hash(&key());
            let credential = json!({ "type": "fob", "code": code, "grants": [{
                "facility": "frontdoor", "priority": 1,
                "effective": "2020-01-01T00:00:00Z", "expiration": null }] });
            let path = format!("members/00/0001/credentials/f{}.json", fob(number));
            (path, credential.to_string())
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(at, text)| (at.as_str(), Some(text.as_str()))).collect();
    home.commit(&files);
}

fn start(home: &Path, config: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_space"))
        .args(["door", "run", "--no-terminal", "--json", "--config"])
        .arg(config)
        .args([Path::new("-C"), home])
        .env_remove("SPACE_REPO")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The answers: whose strike moved, and which way.
#[derive(Default)]
struct Answered {
    granted: BTreeSet<String>,
    went: BTreeSet<String>,
    /// So often a relay was energised when the process was killed.
    energised: u32,
}

#[test]
fn killed_at_any_moment_it_loses_nothing_that_was_answered_and_leaves_no_relay_energised() {
    let (mut granted, mut energised) = (0, 0);
    // One after another: a strike waits for the journal, but not for long, and nothing is promised
    // for a machine that is too busy.
    for space in 1..=SPACES {
        let answered = go_through(space);
        granted += answered.granted.len();
        energised += answered.energised;
    }
    let kills = SPACES * KILLS;
    assert!(energised > kills / 10, "killed while a relay was energised {energised} times only");
    assert!(granted > kills as usize, "{granted}");
}

/// Kills the door of a space again and again, and looks whether its journal has all that was
/// answered.
fn go_through(space: u32) -> Answered {
    let home = Home::new();
    enrol(&home);
    let mut board = Board::new();
    let config = home.dir.path().join("door.toml");
    let text = format!(
        "[devices.board.accx]\nport = \"{}\"\n[doors.frontdoor]\nstrikes = [\"board:1\"]\n\
         entry = [\"board:1\"]\nexit = [\"board:2\"]\nunlock_seconds = 600\n",
        board.path.display()
    );
    std::fs::write(&config, text).unwrap();
    let mut state = u64::from(space);
    let mut random = |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let mut answered = Answered::default();
    let mut next = 0;
    for _ in 0..KILLS {
        let mut child = start(home.dir.path(), &config);
        // It releases the relays before anything else, whatever state they were left in.
        board.wait_for(b"o4\r").expect("the door starts");
        assert_eq!(board.board.relays(), [false; 4], "left energised by the one before");
        let last = next + random(ROUND);
        while next <= last {
            let number = fob(next).to_string();
            next += 1;
            board.say(format!("F{number},1\r\n").as_bytes());
            if next > last {
                // Somewhere on the way from the reader to the strike and back.
                (0..random(60_000)).for_each(|step| {
                    let _ = std::hint::black_box(step);
                });
                break;
            }
            board.wait_for(b"c1\r").expect("nobody has killed it");
            answered.granted.insert(number.clone());
            board.say(format!("F{number},2\r\n").as_bytes());
            if random(3) > 0 {
                board.wait_for(b"o1\r").expect("nobody has killed it");
                answered.went.insert(number);
            } else {
                break;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // Output still on its way counts as answered.
        while board.wait_for(b"c1\r").is_some() {
            answered.granted.insert(fob(next - 1).to_string());
        }
        answered.energised += u32::from(board.board.relays()[0]);
    }
    let folder = journal::folder(&home.dir.path().join(".git/space"));
    let (all, _) = Tail::new(folder, Filter::default()).poll().unwrap();
    let tagged = |result| -> BTreeSet<String> {
        let some = all.iter().filter(|it| it.result == result);
        some.filter_map(|it| Some(it.tag.as_ref()?.as_str()[1..].to_owned())).collect()
    };
    let (granted, went) = (tagged(AccessResult::Granted), tagged(AccessResult::Exit));
    assert_eq!(answered.granted.difference(&granted).count(), 0, "granted, and not written");
    assert_eq!(answered.went.difference(&went).count(), 0, "went out, and not written");
    answered
}
