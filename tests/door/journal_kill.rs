//! A process killed at any moment loses nothing that it was told is written.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use space::{
    domain::model::Activity,
    store::journal::{Filter, Tail},
};

use crate::{
    journal::{PATIENCE, activity, open},
    support::at,
};

const WHERE: &str = "SPACE_JOURNAL_CHILD";
const ROUNDS: usize = 40;

/// The child: does nothing unless started as one.
#[test]
fn child() {
    let Ok(dir) = std::env::var(WHERE) else { return };
    let (dir, begin) = dir.rsplit_once('#').unwrap();
    let journal = open(Path::new(dir), "door");
    let mut number: i64 = begin.parse().unwrap();
    loop {
        for _ in 0..=number % 13 {
            number += 1;
            journal.append(activity(at(number), Some(&"9".repeat(1 + number as usize % 80))));
        }
        assert!(journal.wait_until_written(PATIENCE));
        let mut out = std::io::stdout();
        writeln!(out, "written {number}").and_then(|()| out.flush()).unwrap();
    }
}

#[test]
fn nothing_reported_as_written_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "journal_kill::child", "--nocapture"])
            .env(WHERE, format!("{}#{acknowledged}", dir.path().display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut receive = |most: usize| {
            let heard = lines.by_ref().map_while(Result::ok).filter_map(|line| {
                line.rsplit_once("written ").map(|(_, number)| number.parse::<i64>().unwrap())
            });
            heard.take(most).last()
        };
        acknowledged = receive(1 + round % 13).unwrap();
        child.kill().unwrap(); // wherever it is at this moment
        child.wait().unwrap();
        acknowledged = receive(usize::MAX).unwrap_or(acknowledged);

        let (found, _) = Tail::new(dir.path(), Filter::default()).all().unwrap();
        let number = |it: &Activity| it.time.as_second() - at(0).as_second();
        let seen: BTreeSet<i64> = found.iter().map(number).collect();
        let lost = (1..=acknowledged).filter(|number| !seen.contains(number)).count();
        assert_eq!(lost, 0, "round {round}, {acknowledged} were told of");
    }
}
