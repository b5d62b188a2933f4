//! A second opinion from python-dateutil, where Python and its package index are available.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use crate::{generated::Generated, python::python};

/// The rules that python-dateutil is known to get wrong; the other oracle covers them.
fn is_wrong_there(rule: &str) -> bool {
    let part = |name: &str| rule.split(';').find_map(|p| p.strip_prefix(name));
    let ordinal = |day: &&str| day.len() > 2;
    // Plain and numbered days together yield nothing.
    let mixed = part("BYDAY=").is_some_and(|days| {
        days.split(',').any(|d| ordinal(&d)) && !days.split(',').all(|d| ordinal(&d))
    });
    // It takes the first week to begin with DTSTART.
    let first_week = part("FREQ=") == Some("WEEKLY") && part("BYSETPOS=").is_some();
    // It takes all seven weekdays instead of that of DTSTART.
    let whole_week = part("BYWEEKNO=").is_some()
        && part("BYDAY=").is_none()
        && part("BYMONTHDAY=").is_none()
        && part("BYYEARDAY=").is_none();
    // It looks beyond the end of a month or year for an ordinal that may not exist.
    let most = if part("BYMONTH=").is_some() || part("FREQ=") == Some("MONTHLY") { 5 } else { 52 };
    let beyond = part("BYDAY=").is_some_and(|days| {
        let ordinals = days.split(',').filter_map(|day| day[..day.len() - 2].parse::<i64>().ok());
        ordinals.map(i64::abs).any(|n| n > most)
    });
    mixed || first_week || whole_week || beyond
}

#[test]
fn the_library_agrees_with_dateutil() {
    let packages = ["python-dateutil", "tzdata"];
    let Some(python) = python("dateutil", &packages, "dateutil, zoneinfo") else { return };
    let cases: Vec<_> =
        Generated::many(7, 900).into_iter().filter(|case| !is_wrong_there(&case.rule)).collect();
    assert!(cases.len() > 500);
    let lines = cases.iter().map(|case| {
        serde_json::json!({
            "zone": case.zone,
            "start": case.start.to_string(),
            "rule": case.rule,
            "from": case.window.from.as_second(),
            "until": case.window.until.as_second(),
        })
    });
    let answers = ask(&python, "rules.py", lines);
    assert_eq!(answers.len(), cases.len());
    let mut wrong = Vec::new();
    let mut instances = 0;
    for (case, theirs) in cases.iter().zip(answers) {
        let mine: Vec<i64> = case.starts().iter().map(|at| at.as_second()).collect();
        instances += mine.len();
        if mine != theirs {
            let differ = mine.iter().zip(&theirs).position(|(a, b)| a != b);
            let at = differ.unwrap_or(mine.len().min(theirs.len()));
            let (here, there) = (mine.get(at), theirs.get(at));
            wrong.push(format!(
                "{case}: {} and {}, first {here:?} and {there:?}",
                mine.len(),
                theirs.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(instances > 10_000, "only {instances} instances were compared");
}

/// Makes a script answer each question with a list of seconds.
pub(crate) fn ask(
    python: &Path,
    script: &str,
    questions: impl Iterator<Item = serde_json::Value>,
) -> Vec<Vec<i64>> {
    let lines: String = questions.map(|question| format!("{question}\n")).collect();
    let mut child = Command::new(python)
        .arg(format!("tests/timespec/{script}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python was there a moment ago");
    let mut stdin = child.stdin.take().expect("it is piped");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("python answers");
    writer.join().expect("writing does not panic").expect("python reads");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a list of seconds")).collect()
}
