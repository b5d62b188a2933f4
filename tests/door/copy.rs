//! A door's own copy of its records, by which it starts while the repository cannot be read.

use std::{fs, path::Path, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use space::{
    domain::{
        access::{Side, decide},
        model::{AccessResult, Code},
    },
    store::follow::{Follower, News},
};

use crate::{
    home::{CREDENTIAL, Home},
    support::{ADA, at, key, slug},
};

fn door(home: &Path, disk: &Path) -> Follower {
    Follower::of_folder(home.to_owned(), Arc::default()).mending().copying_to(disk.to_owned())
}

/// Whether Ada is let in by what the follower says, and what is wrong.
fn ada_enters(news: &[News], now: Timestamp) -> (bool, Option<String>) {
    let (mut enters, mut trouble) = (false, None);
    for news in news {
        match news {
            News::InForce { index, key: has, .. } => {
                let code = Code::fob(ADA).unwrap();
                let hash = code.hash(&key());
                let at = slug("frontdoor");
                let decision = decide(index, &at, Side::Entry, &hash, code.kind(), now);
                enters = has.is_some() && decision.result == AccessResult::Granted;
            }
            News::Trouble(note) => trouble = Some(note.text.clone()),
            _ => {}
        }
    }
    (enters, trouble)
}

fn heard(follower: &mut Follower, now: Timestamp) -> Timestamp {
    match follower.hear(now) {
        News::Heard(at) => at,
        other => panic!("{other:?}"),
    }
}

/// Starts a door on a repository that is in order, and lets it make its copy.
fn copied(home: &Home, disk: &Path, now: Timestamp) {
    let mut follower = door(home.dir.path(), disk);
    assert!(ada_enters(&follower.poll(now), now).0);
    assert!(follower.poll(now).is_empty());
    follower.keep_copy(now);
    assert!(disk.join("last-good").exists());
}

#[test]
fn a_door_comes_up_by_its_copy_whatever_has_happened_to_the_repository() {
    for broken in ["all", "refs", "HEAD", "objects", "space.json"] {
        let (home, disk) = (Home::new(), tempfile::tempdir().unwrap());
        copied(&home, disk.path(), at(0));
        let git = home.dir.path().join(".git");
        let object = |path: &str| {
            let id = home.tree(path).to_string();
            git.join("objects").join(&id[..2]).join(&id[2..])
        };
        match broken {
            "all" => fs::remove_dir_all(&git).unwrap(),
            "HEAD" => fs::remove_file(git.join("HEAD")).unwrap(),
            "space.json" => fs::remove_file(object("space.json")).unwrap(),
            folder => fs::remove_dir_all(git.join(folder)).unwrap(),
        }
        let later = at(20 * 24 * 3600);
        let mut follower = door(home.dir.path(), disk.path());
        let (enters, trouble) = ada_enters(&follower.poll(later), later);
        // git's log of the branch, if it is there, knows what the branch was.
        assert!(enters, "{broken}: {trouble:?}");
        assert!(trouble.is_some(), "{broken}");
        if broken != "refs" {
            assert!(trouble.unwrap().contains("its own copy"), "{broken}");
            assert_eq!(heard(&mut follower, later), at(0), "{broken}: it is as old as the copy");
            assert!(follower.poll(later + SignedDuration::from_secs(60)).is_empty(), "told once");
        }
    }
}

#[test]
fn a_copy_of_something_older_than_was_in_force_is_not_used() {
    let (home, disk) = (Home::new(), tempfile::tempdir().unwrap());
    copied(&home, disk.path(), at(0));
    let old = fs::read(disk.path().join("last-good")).unwrap();
    home.commit(&[(CREDENTIAL, None)]);
    let mut follower = door(home.dir.path(), disk.path());
    assert!(!ada_enters(&follower.poll(at(60)), at(60)).0);
    assert!(!disk.path().join("last-good").exists(), "it is gone before it is replaced");
    // As if the power had brought it back.
    fs::write(disk.path().join("last-good"), old).unwrap();
    fs::remove_dir_all(home.dir.path().join(".git/objects")).unwrap();
    fs::create_dir(home.dir.path().join(".git/objects")).unwrap();
    let mut follower = door(home.dir.path(), disk.path());
    assert!(!ada_enters(&follower.poll(at(120)), at(120)).0);
}

#[test]
fn a_copy_has_the_key_for_a_door_that_has_lost_it() {
    let (home, disk) = (Home::new(), tempfile::tempdir().unwrap());
    let with_key = serde_json::json!({
        "name": "Space", "time_zone": "Europe/London", "currency": "GBP",
        "reference_prefix": "SM", "grace_days": 14, "dues": { "minimum": 0,
        "included_children": 0, "per_further_child": 0, "concession_age": 65 },
        "key_id": key().id(),
    });
    home.commit(&[("space.json", Some(&with_key.to_string()))]);
    copied(&home, disk.path(), at(0));
    fs::remove_file(home.dir.path().join(".git/space/key")).unwrap();
    let mut follower = door(home.dir.path(), disk.path());
    let news = follower.poll(at(60));
    assert!(ada_enters(&news, at(60)).0);
    let [News::InForce { findings, .. }] = &news[..] else { panic!("{news:?}") };
    assert!(findings.iter().any(|it| it.code.as_str() == "key"), "it is told: {findings:?}");
    // A key of another space is none.
    let other = with_key.to_string().replace(&key().id(), "00000000");
    home.commit(&[("space.json", Some(&other))]);
    let mut follower = door(home.dir.path(), disk.path());
    assert!(!ada_enters(&follower.poll(at(120)), at(120)).0);
}

#[test]
fn a_repository_of_ones_own_is_always_current_until_it_cannot_be_read() {
    let home = Home::new();
    let mut follower = Follower::new(space::store::Store::open(home.dir.path()).unwrap());
    follower.poll(at(0));
    follower.poll(at(600));
    assert_eq!(heard(&mut follower, at(600)), at(600));
    home.point_to(&"1a".repeat(20));
    follower.poll(at(660));
    assert_eq!(heard(&mut follower, at(660)), at(600));
}

#[test]
fn a_doors_clone_is_as_current_as_its_last_fetch() {
    let home = Home::new();
    let git = home.dir.path().join(".git");
    let mut config = git2::Repository::open(home.dir.path()).unwrap().config().unwrap();
    config.set_str("space.role", "door").unwrap();
    config.set_str("remote.origin.url", "/srv/space.git").unwrap();
    let fetched = |commit: String| {
        fs::write(git.join("FETCH_HEAD"), format!("{commit}\t\tbranch 'main' of /srv/space\n"))
            .unwrap();
        let file = fs::File::open(git.join("FETCH_HEAD")).unwrap();
        Timestamp::try_from(file.metadata().unwrap().modified().unwrap()).unwrap()
    };
    let when = fetched(home.head().to_string());
    let later = when + SignedDuration::from_hours(100);
    let mut follower = Follower::new(space::store::Store::open(home.dir.path()).unwrap());
    follower.poll(later);
    assert_eq!(heard(&mut follower, later), when);
    // A fetch that failed says nothing new.
    fs::write(git.join("FETCH_HEAD"), "").unwrap();
    assert_eq!(heard(&mut follower, later), when);
    // Something was fetched that does not get into force: as with a history that was rewritten.
    let here = home.head().to_string();
    let theirs = home.commit(&[(CREDENTIAL, None)]);
    home.point_to(&here);
    fetched(theirs.to_string());
    assert_eq!(heard(&mut follower, later), when);
    home.point_to(&theirs.to_string());
    let again = fetched(theirs.to_string());
    follower.poll(later);
    assert_eq!(heard(&mut follower, later), again);
}
