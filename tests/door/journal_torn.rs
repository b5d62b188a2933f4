//! Torn journals: cut anywhere, with anything after the cut, they lose only the line that was cut.

use std::fs;

use proptest::prelude::*;
use space::{
    domain::model::Activity,
    store::journal::{Filter, Tail},
};

use crate::{
    journal::{activity, file, open},
    support::at,
};

/// Leaves a journal like a crash did, continues with it, and compares the result with the
/// original.
fn crash(lines: i64, cut: usize, garbage: &[u8]) {
    let dir = tempfile::tempdir().unwrap();
    let journal = open(dir.path(), "door");
    (0..lines).for_each(|second| journal.append(activity(at(second), Some("15408774"))));
    journal.flush();
    let whole = fs::read(file(dir.path())).unwrap(); // with its blank tail
    drop(journal);
    let content = whole.iter().rposition(|byte| *byte != b'\n').unwrap() + 1;
    let cut = cut.min(content);
    let left = [&whole[..cut], garbage].concat();
    fs::write(file(dir.path()), &left).unwrap();

    let mut tail = Tail::new(dir.path(), Filter::default());
    let (mut followed, mut warned) = tail.poll().unwrap();
    open(dir.path(), "door").append(activity(at(99), None));
    let (more, warnings) = tail.poll().unwrap();
    followed.extend(more);
    warned.extend(warnings);

    let is_activity = |line: &&[u8]| serde_json::from_slice::<Activity>(line).is_ok();
    let is_blank = |line: &[u8]| line.trim_ascii().is_empty();
    let left_lines = || left.split(|byte| *byte == b'\n').filter(|line| !is_blank(line));
    let survived = left_lines().filter(is_activity).count();
    let (found, findings) = Tail::new(dir.path(), Filter::default()).all().unwrap();
    assert_eq!(found.len(), survived + 1);
    let whole_lines = whole[..cut].iter().filter(|byte| **byte == b'\n').count();
    let times: Vec<_> = found.iter().take(whole_lines).map(|it| it.time).collect();
    assert_eq!(
        times,
        (0..).take(whole_lines).map(at).collect::<Vec<_>>(),
        "what was whole is there"
    );
    assert_eq!(found.last().unwrap().time, at(99));
    assert_eq!(findings.len(), left_lines().count() - survived, "{findings:?}");
    assert!(findings.iter().all(|it| it.code.as_str() == "torn-line"));
    followed.sort_by_key(|it| it.time);
    assert_eq!((followed, warned), (found, findings), "whoever followed saw the same");

    let after = fs::read(file(dir.path())).unwrap();
    let kept = left.iter().rposition(|byte| *byte != b'\n').map_or(0, |at| at + 1);
    assert_eq!(after[..kept], left[..kept], "what was there is left as it is");
}

/// A line is about 170 bytes long: these are all cuts in the second line, and some in the first.
#[test]
fn a_journal_cut_everywhere_with_everything_after_it() {
    let nul = [0; 700];
    let endings: [&[u8]; 6] =
        [b"", b"\n\n\n\n\n\n", &nul, b"\0\0\n\n\n", b"\xff{\"time\":", b"}\n\n{\"a\":1}\n\n\n"];
    for cut in 120..400 {
        crash(2, cut, endings[cut % endings.len()]);
    }
}

#[test]
fn more_blanks_or_nuls_than_a_block() {
    for garbage in [vec![b'\n'; 200_000], vec![0; 200_000]] {
        crash(2, 250, &garbage);
        crash(2, usize::MAX, &garbage);
        crash(1, 0, &garbage);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_journal_cut_anywhere_with_anything_after_it(
        lines in 1..5_i64,
        cut in 0..900_usize,
        garbage in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..300),
            proptest::collection::vec(prop_oneof![Just(0_u8), Just(b'\n'), Just(b'}')], 0..300),
        ],
    ) {
        crash(lines, cut, &garbage);
    }
}
