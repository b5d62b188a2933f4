//! A journal that cannot be written, or cannot even be opened.

use std::{
    fs,
    path::Path,
    sync::mpsc::{self, Receiver},
};

use space::store::journal::Journal;

use crate::{
    journal::{PATIENCE, activity, all, file},
    support::at,
};

fn open(dir: &Path) -> (Journal, Receiver<String>) {
    let (complaint, complaints) = mpsc::channel();
    let complain = move |it| complaint.send(it).unwrap();
    (Journal::open(dir, "door", complain).unwrap(), complaints)
}

#[test]
fn unwritten_activities_are_kept_and_reported_once() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, complaints) = open(dir.path());
    // a folder in the place of the file, which cannot be opened
    fs::create_dir(file(dir.path())).unwrap();
    journal.append(activity(at(0), None));
    assert!(!journal.wait_until_written(PATIENCE), "the door is told, and goes on");
    journal.append(activity(at(1), None));
    journal.flush();
    assert!(complaints.recv().unwrap().contains("cannot be written"));
    assert!(complaints.try_recv().is_err(), "it is reported once");
    let state = journal.state();
    assert_eq!((state.pending, state.unflushed, state.dropped, state.bytes), (2, 2, 0, 0));
    let trouble = state.trouble.unwrap();
    assert_eq!(trouble.since, at(0));
    assert!(trouble.words.contains("directory"), "{}", trouble.words);
    fs::remove_dir(file(dir.path())).unwrap();
    journal.flush();
    assert!(complaints.recv().unwrap().contains("nothing was lost"));
    assert!(journal.wait_until_written(PATIENCE));
    let state = journal.state();
    assert_eq!((state.pending, state.unflushed, state.trouble), (0, 0, None));
    assert_eq!(all(dir.path()), [activity(at(0), None), activity(at(1), None)]);
}

#[test]
fn it_is_tried_again_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, complaints) = open(dir.path());
    fs::create_dir(file(dir.path())).unwrap();
    journal.append(activity(at(0), None));
    assert!(!journal.wait_until_written(PATIENCE));
    assert!(complaints.recv().unwrap().contains("cannot be written"));
    fs::remove_dir(file(dir.path())).unwrap();
    assert!(complaints.recv_timeout(PATIENCE).unwrap().contains("nothing was lost"));
    assert_eq!(all(dir.path()).len(), 1);
}

#[test]
fn too_much_to_keep_costs_the_oldest_and_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, complaints) = open(dir.path());
    fs::create_dir(file(dir.path())).unwrap();
    (0..100_250).for_each(|second| journal.append(activity(at(second), None)));
    assert!(!journal.wait_until_written(PATIENCE));
    assert!(complaints.recv().unwrap().contains("cannot be written"));
    let state = journal.state();
    assert_eq!((state.pending, state.dropped), (100_000, 250));
    fs::remove_dir(file(dir.path())).unwrap();
    journal.flush();
    let message = complaints.recv_timeout(PATIENCE).unwrap();
    assert!(message.contains("250 activities were lost"), "{message}");
    let found = all(dir.path());
    assert_eq!((found.len(), found[0].time), (100_000, at(250)));
    assert_eq!(journal.state().dropped, 250, "since it was opened");
}

#[test]
fn what_is_lost_at_the_end_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, complaints) = open(dir.path());
    fs::create_dir(file(dir.path())).unwrap();
    journal.append(activity(at(0), None));
    drop(journal);
    let message: Vec<String> = complaints.iter().collect();
    assert!(message.last().unwrap().contains("1 activities could not be written"), "{message:?}");
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file/journal");
    fs::write(dir.path().join("file"), "").unwrap();
    for path in [path.as_path(), &dir.path().join("file")] {
        let error = Journal::open(path, "door", |_| {}).unwrap_err();
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        assert!(
            space::cli::advice::words(&error.hint().unwrap()).contains("in the way"),
            "{:?}",
            error.hint()
        );
    }
}
