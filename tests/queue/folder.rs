//! Messages as files, beside scripts that handle them carelessly and programs that are killed.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use space::integrations::queue::{Folder, FolderOptions, LARGEST, Outgoing, Queue, QueueError};

use crate::conformance::{LONG, delete, message, now, receive, send};

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(place.incoming()).unwrap();
        place
    }

    fn incoming(&self) -> PathBuf {
        self.dir.path().join("in")
    }

    fn outgoing(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    fn options(&self) -> FolderOptions {
        FolderOptions::new(self.incoming(), self.outgoing())
    }

    fn queue(&self) -> Folder {
        Folder::new(self.options())
    }

    /// Returns a queue that receives whatever is there.
    fn hasty(&self) -> Folder {
        Folder::new(FolderOptions { settle: Duration::ZERO, ..self.options() })
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.incoming().join(name), text).unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|it| name(it.unwrap())).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

#[test]
fn files_are_received_in_the_order_of_their_names() {
    let place = Place::new();
    for name in ["3.json", "1@doors.json", "20.json", "2.json"] {
        place.write(name, "{}");
    }
    let found = receive(&place.queue(), 4);
    let order: Vec<&str> = found.iter().map(|it| it.id.split('#').next().unwrap()).collect();
    assert_eq!(order, ["1@doors.json", "2.json", "20.json", "3.json"]);
    assert_eq!(found[0].group.as_deref(), Some("doors"));
    assert_eq!(found[1].group, None);
}

#[test]
fn foreign_files_are_left_alone() {
    let place = Place::new();
    let foreign = [".1.json", "1.json.new", "2.txt", "README", "a\nb.json"];
    for name in foreign {
        place.write(name, "{}");
    }
    fs::create_dir(place.incoming().join("folder.json")).unwrap();
    place.write("9.json", "{}");
    let queue = place.queue();
    let found = receive(&queue, 1);
    delete(&queue, &found);
    assert_eq!(queue.receive(9, Duration::ZERO), Ok(Vec::new()));
    drop(queue);
    assert_eq!(fs::read_dir(place.incoming()).unwrap().count(), foreign.len() + 1);
}

#[test]
fn garbage_is_received_as_it_is_and_only_so_much_of_it() {
    let place = Place::new();
    place.write("1.json", b"\xff\xfe\x00");
    place.write("2.json", "");
    place.write("3.json", vec![b'['; 3 * LARGEST]);
    let queue = place.hasty();
    let found = receive(&queue, 3);
    assert_eq!(found[0].body, b"\xff\xfe\x00");
    assert!(found[0].text().is_err() && found[1].text() == Ok(""));
    assert_eq!(found[2].body.len(), LARGEST + 1);
    assert!(found[2].text().is_err());
    delete(&queue, &found);
    assert_eq!(names(&place.incoming()), [""; 0]);
}

/// `echo` into the folder, where it should have been a rename.
#[test]
fn a_file_that_is_still_being_written_is_not_received() {
    let place = Place::new();
    let queue = Folder::new(FolderOptions { settle: 100 * LONG, ..place.options() });
    place.write("1.json", "{\"action\":");
    assert_eq!(queue.receive(9, Duration::ZERO), Ok(Vec::new()));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| receive(&queue, 1));
        place.write("1.json", "{\"action\":\"revoke\"}");
        assert_eq!(waiting.join().unwrap()[0].text(), Ok("{\"action\":\"revoke\"}"));
    });
}

#[test]
fn a_file_that_stays_broken_is_received_in_the_end() {
    let place = Place::new();
    let queue = Folder::new(FolderOptions { settle: LONG / 100, ..place.options() });
    place.write("1.json", "{\"action\":");
    assert_eq!(queue.receive(9, Duration::ZERO), Ok(Vec::new()));
    assert_eq!(receive(&queue, 1)[0].text(), Ok("{\"action\":"));
}

#[test]
fn a_message_that_took_the_name_of_another_is_not_deleted_with_it() {
    let place = Place::new();
    let queue = place.queue();
    place.write("1.json", "{\"number\":1}");
    let first = receive(&queue, 1);
    place.write("2.json", "{\"number\":2}");
    fs::rename(place.incoming().join("2.json"), place.incoming().join("1.json")).unwrap();
    delete(&queue, &first);
    let second = receive(&queue, 1);
    assert_eq!(second[0].text(), Ok("{\"number\":2}"));
    assert_ne!(second[0].id, first[0].id);
    delete(&queue, &second);
    assert_eq!(names(&place.incoming()), [""; 0]);
}

#[test]
fn what_a_killed_program_received_or_was_about_to_delete_is_there_again() {
    let place = Place::new();
    place.write("1.json", "{\"number\":1}");
    let before = receive(&place.queue(), 1); // and dropped
    let aside = place.incoming().join(".taken-4194304");
    fs::create_dir(&aside).unwrap();
    fs::write(aside.join("2.json"), "{\"number\":2}").unwrap();
    let queue = place.queue();
    let again = receive(&queue, 2);
    assert_eq!(again[0].id, before[0].id);
    assert_eq!(again[1].text(), Ok("{\"number\":2}"));
    assert!(!aside.exists());
}

#[test]
fn a_message_comes_again_when_the_patience_is_over() {
    let place = Place::new();
    place.write("1.json", "{}");
    let queue = Folder::new(FolderOptions { hidden: LONG / 100, ..place.options() });
    let first = receive(&queue, 1);
    let again = receive(&queue, 1);
    assert_eq!((&again[0].id, again[0].times_received), (&first[0].id, 2));
}

#[test]
fn a_message_sent_again_is_the_same_file() {
    let place = Place::new();
    let queue = place.queue();
    let (one, two) = (message(1), message(2));
    send(&queue, &[one.clone(), one.clone(), two.clone()]);
    send(&queue, std::slice::from_ref(&one));
    let files = [one, two].map(|it| format!("{}@frontdoor.json", it.id));
    assert_eq!(names(&place.outgoing()), files);
    let draft = place.outgoing().join(".new-4194304");
    fs::create_dir(&draft).unwrap();
    fs::write(draft.join("half.json"), "{").unwrap();
    send(&place.queue(), &[message(3)]);
    assert!(!draft.exists());
}

#[test]
fn a_folder_that_was_replaced_is_watched_again() {
    let place = Place::new();
    let queue = place.queue();
    assert_eq!(queue.receive(1, Duration::ZERO), Ok(Vec::new()));
    fs::rename(place.incoming(), place.dir.path().join("old")).unwrap();
    fs::create_dir(place.incoming()).unwrap();
    place.write("1.json", "{}");
    assert_eq!(receive(&queue, 1).len(), 1);
}

/// Root may read everything, so there it is skipped.
#[cfg(unix)]
#[test]
fn a_message_that_cannot_be_read_keeps_back_no_other() {
    use std::os::unix::fs::PermissionsExt as _;
    if nix::unistd::geteuid().is_root() {
        return crate::part::skipped("root may read every file");
    }
    let place = Place::new();
    let queue = place.queue();
    place.write("1.json", "{}");
    let unreadable = fs::Permissions::from_mode(0o0);
    fs::set_permissions(place.incoming().join("1.json"), unreadable).unwrap();
    let said = queue.receive(1, Duration::ZERO).unwrap_err();
    assert!(said.to_string().contains("in/1.json"), "{said}");
    place.write("2.json", "{}");
    assert!(receive(&queue, 1)[0].id.starts_with("2.json#"));
}

#[test]
fn what_is_wrong_with_a_folder_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let queue = Folder::new(FolderOptions::new(file.join("in"), file.join("out")));
    let said = queue.probe().unwrap_err();
    assert!(matches!(&said, QueueError::Broken(why) if why.contains("file/in")), "{said:?}");
    assert_eq!(queue.receive(1, LONG), Err(said));
    let results = queue.send(&[message(1), message(2)], now());
    assert!(results.iter().all(|it| matches!(it, Err(QueueError::Broken(_)))), "{results:?}");
}

/// Many threads send, receive and delete at once; every message arrives exactly once.
#[test]
fn threads_do_not_get_into_each_others_way() {
    let place = Place::new();
    let both = FolderOptions::new(place.incoming(), place.incoming());
    let queue = &Folder::new(both);
    let (to, found) = mpsc::channel();
    thread::scope(|scope| {
        for part in 0..4 {
            scope.spawn(move || {
                let messages: Vec<Outgoing> = (part * 50..part * 50 + 50).map(message).collect();
                messages.chunks(7).for_each(|some| send(queue, some));
            });
            let to = to.clone();
            scope.spawn(move || {
                for _ in 0..10 {
                    let some = receive(queue, 5);
                    delete(queue, &some);
                    some.into_iter().for_each(|it| to.send(it.id).unwrap());
                }
            });
        }
    });
    drop(to);
    let ids: Vec<String> = found.iter().collect();
    assert_eq!(ids.len(), 200);
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 200);
    assert_eq!(names(&place.incoming()), [""; 0]);
}
