//! An index that keeps in step with the branch, polled at given moments without any hints.

use std::{fs, process::Command, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use space::{
    domain::{
        access::{Index, Side, decide},
        model::{AccessResult, Code, Finding},
    },
    store::{
        Store,
        follow::{Follower, News},
    },
};

use crate::{
    home::{CREDENTIAL, Home},
    support::{ADA, at, key, slug},
};

fn follower(home: &Home) -> Follower {
    Follower::new(Store::open(home.dir.path()).unwrap())
}

fn in_force(news: Vec<News>) -> (Arc<Index>, Vec<Finding>) {
    match <[News; 1]>::try_from(news) {
        Ok([News::InForce { index, findings, .. }]) => (index, findings),
        other => panic!("{other:?}"),
    }
}

fn trouble(news: Vec<News>) -> String {
    match <[News; 1]>::try_from(news) {
        Ok([News::Trouble(note)]) => note.text,
        other => panic!("{other:?}"),
    }
}

fn ada_enters(index: &Index, now: Timestamp) -> bool {
    let code = Code::fob(ADA).unwrap();
    let (hash, facility) = (code.hash(&key()), slug("frontdoor"));
    decide(index, &facility, Side::Entry, &hash, code.kind(), now).result == AccessResult::Granted
}

#[test]
fn it_reports_only_news() {
    let home = Home::new();
    let mut follower = follower(&home);
    let (index, findings) = in_force(follower.poll(at(0)));
    assert_eq!(findings, []);
    assert_eq!(index.commit().to_string(), home.head().to_string());
    assert!(ada_enters(&index, at(0)));
    assert!(follower.poll(at(60)).is_empty());
    home.commit(&[(CREDENTIAL, None)]);
    let (index, _) = in_force(follower.poll(at(120)));
    assert!(!ada_enters(&index, at(120)));
    assert!(follower.poll(at(180)).is_empty());
}

#[test]
fn the_index_moves_on_in_time_before_it_runs_out() {
    let home = Home::new();
    let mut follower = follower(&home);
    let (mut index, _) = in_force(follower.poll(at(0)));
    for hours in 1..24 * 40 {
        let now = at(hours * 3600);
        if let Some(news) = follower.poll(now).pop() {
            index = in_force(vec![news]).0;
        }
        assert!(ada_enters(&index, now), "{now}");
        let left = index.horizon().until.duration_since(now);
        assert!(left > SignedDuration::from_hours(12 * 24), "{now}: {left}");
    }
}

#[test]
fn a_clock_that_is_set_back_is_followed() {
    let home = Home::new();
    let mut follower = follower(&home);
    in_force(follower.poll(at(0)));
    let before = at(-10 * 24 * 3600);
    let (index, _) = in_force(follower.poll(before));
    assert!(ada_enters(&index, before));
}

#[test]
fn the_index_moves_on_while_the_repository_is_in_trouble() {
    let home = Home::new();
    let mut follower = follower(&home);
    in_force(follower.poll(at(0)));
    home.point_to(&"1a".repeat(20));
    let words = trouble(follower.poll(at(60)));
    assert!(words.contains("1a1a1a1"), "{words}");
    assert!(follower.poll(at(120)).is_empty(), "it is reported once");
    let later = at(20 * 24 * 3600);
    let mut news = follower.poll(later);
    assert!(trouble(news.split_off(1)).contains("1a1a1a1"), "what is renewed is not all right yet");
    let (index, _) = in_force(news);
    assert!(ada_enters(&index, later));
}

#[test]
fn a_commit_whose_predecessor_is_gone_is_read_as_a_whole() {
    let home = Home::new();
    let mut follower = follower(&home);
    // several commits, so that the one in force is not in any pack
    let old = home.commit(&[("members/00/0002/member.json", Some("{}"))]);
    in_force(follower.poll(at(0)));
    let new = home.commit(&[(CREDENTIAL, None)]);
    let name = old.to_string();
    fs::remove_file(home.dir.path().join(".git/objects").join(&name[..2]).join(&name[2..]))
        .unwrap();
    let (index, _) = in_force(follower.poll(at(60)));
    assert_eq!(index.commit().to_string(), new.to_string());
    assert!(!ada_enters(&index, at(60)));
}

#[test]
fn a_damaged_commit_is_not_taken_for_one_that_removes() {
    let home = Home::new();
    let mut follower = follower(&home);
    in_force(follower.poll(at(0)));
    let good = home.head();
    let text = "{ \"name\": \"Ada\", \"tier\": \"guest\", \"joined\": \"2020-01-01\" }";
    home.commit(&[("members/00/0001/member.json", Some(text))]);
    let tree = home.tree("members/00/0001").to_string();
    fs::remove_file(home.dir.path().join(".git/objects").join(&tree[..2]).join(&tree[2..]))
        .unwrap();
    let words = trouble(follower.poll(at(60)));
    assert!(words.contains("damaged"), "{words}");
    home.point_to(&good.to_string());
    let (index, _) = in_force(follower.poll(at(120)));
    assert!(ada_enters(&index, at(120)));
}

#[test]
fn without_its_key_it_says_so_and_goes_on() {
    let home = Home::new();
    fs::remove_file(home.dir.path().join(".git/space/key")).unwrap();
    let news = follower(&home).poll(at(0));
    let [News::InForce { key: None, findings, .. }] = news.as_slice() else { panic!("{news:?}") };
    assert_eq!(findings[0].code.as_str(), "key");
}

/// A follower as the program of a door has it.
fn of_door(home: &Home) -> Follower {
    Follower::of_folder(home.dir.path().to_owned(), Arc::default()).mending()
}

/// Makes the home the clone of a door that follows itself, which is enough to be mended.
fn make_door(home: &Home) {
    let mut config = git2::Repository::open(home.dir.path()).unwrap().config().unwrap();
    config.set_str("space.role", "door").unwrap();
    config.set_str("remote.origin.url", "/srv/space.git").unwrap();
}

fn object(home: &Home, id: &str) -> std::path::PathBuf {
    home.dir.path().join(".git/objects").join(&id[..2]).join(&id[2..])
}

/// Replaces the file of an object, which git makes read-only.
fn overwrite(path: &std::path::Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

/// git flushes little: after a power cut the ref, or what it names, may be empty.
#[test]
fn a_door_starts_by_the_newest_commit_that_is_whole_and_mends_its_clone() {
    for damage in ["ref", "commit", "tree", "blob"] {
        let home = Home::new();
        make_door(&home);
        let (good, _) = in_force(of_door(&home).poll(at(0)));
        let member = "members/00/0001/member.json";
        let text = r#"{ "name": "Ada King", "tier": "guest", "joined": "2020-01-01" }"#;
        let newest = home.commit(&[(member, Some(text))]);
        let lost = match damage {
            "commit" => newest.to_string(),
            "tree" => home.tree("members").to_string(),
            _ => home.tree(member).to_string(),
        };
        let whole = fs::read(object(&home, &lost)).unwrap();
        let path = home.dir.path().join(".git/refs/heads/main");
        match damage {
            "ref" => fs::write(&path, "").unwrap(),
            _ => overwrite(&object(&home, &lost), &whole[..whole.len() / 2]),
        }
        let mut follower = of_door(&home);
        let news = follower.poll(at(60));
        let [News::InForce { index, .. }, News::Trouble(_)] = &news[..] else {
            panic!("{damage}: {news:?}")
        };
        // git's log still knows the newest one, where only the ref is lost.
        let expected = match damage {
            "ref" => newest.to_string(),
            _ => good.commit().to_string(),
        };
        assert_eq!(index.commit().to_string(), expected, "{damage}");
        assert!(ada_enters(index, at(60)));
        // The clone claims no more than it has, so that the next fetch brings the rest.
        assert_eq!(home.head().to_string(), expected, "{damage}");
        assert_eq!(object(&home, &lost).exists(), damage == "ref", "{damage}");
        assert!(follower.poll(at(120)).len() <= 1, "{damage}: what is wrong is over");
        overwrite_or_create(&object(&home, &lost), &whole);
        home.point_to(&newest.to_string());
        if damage != "ref" {
            let (index, _) = in_force(follower.poll(at(180)));
            assert_eq!(index.commit().to_string(), newest.to_string(), "{damage}");
        }
    }
}

/// The power may be cut before a door was ever started. Its next fetch has to find nothing in its way, and
/// until then nobody gets in: what the packed branch names is older than what was fetched.
#[test]
fn a_clone_that_was_damaged_before_its_first_start_is_fetched_anew() {
    for damage in ["ref", "commit", "tree"] {
        let home = Home::new();
        make_door(&home);
        let pack =
            Command::new("git").current_dir(home.dir.path()).args(["pack-refs", "--all"]).status();
        assert!(pack.unwrap().success());
        let member = "members/00/0001/member.json";
        let text = r#"{ "name": "Ada King", "tier": "guest", "joined": "2020-01-01" }"#;
        let newest = home.commit(&[(member, Some(text))]);
        let _ = fs::remove_dir_all(home.dir.path().join(".git/logs"));
        let path = home.dir.path().join(".git/refs/heads/main");
        let lost = if damage == "tree" { home.tree("members") } else { newest };
        let whole = fs::read(object(&home, &lost.to_string())).unwrap();
        match damage {
            "ref" => fs::write(&path, "").unwrap(),
            _ => overwrite(&object(&home, &lost.to_string()), b""),
        }
        let mut follower = of_door(&home);
        let news = follower.poll(at(0));
        // Of a damaged commit, what can be read is in force.
        let told = news.iter().any(|it| matches!(it, News::Trouble(_)));
        let in_part = news.iter().any(|it| matches!(it, News::InForce { .. }));
        assert!(told && in_part == (damage == "tree"), "{damage}: {news:?}");
        assert!(!path.exists(), "{damage}");
        let packed =
            fs::read_to_string(home.dir.path().join(".git/packed-refs")).unwrap_or_default();
        assert!(!packed.contains("refs/heads/main"), "{damage}: {packed}");
        assert_eq!(object(&home, &lost.to_string()).exists(), damage == "ref", "{damage}");
        assert!(follower.poll(at(60)).len() <= 1, "{damage}");
        // As the next fetch does.
        overwrite_or_create(&object(&home, &lost.to_string()), &whole);
        home.point_to(&newest.to_string());
        let (index, findings) = in_force(follower.poll(at(120)));
        assert_eq!(
            (index.commit().to_string(), findings),
            (newest.to_string(), vec![]),
            "{damage}"
        );
        assert!(ada_enters(&index, at(120)), "{damage}");
        assert!(follower.poll(at(180)).is_empty(), "{damage}");
    }
}

fn overwrite_or_create(path: &std::path::Path, bytes: &[u8]) {
    let _ = fs::remove_file(path); // it may have been moved away
    fs::write(path, bytes).unwrap();
}

/// Somebody else's repository is told about, and left as it is.
#[test]
fn a_repository_that_is_not_a_doors_clone_is_not_changed() {
    let home = Home::new();
    let (good, _) = in_force(of_door(&home).poll(at(0)));
    let path = home.dir.path().join(".git/refs/heads/main");
    fs::write(&path, "").unwrap();
    let news = of_door(&home).poll(at(60));
    let [News::InForce { index, .. }, News::Trouble(_)] = &news[..] else { panic!("{news:?}") };
    assert_eq!(index.commit(), good.commit());
    assert_eq!(fs::read_to_string(path).unwrap(), "");
}

#[test]
fn a_repository_that_appears_later_comes_into_force() {
    let (home, dir) = (Home::new(), tempfile::tempdir().unwrap());
    let place = dir.path().join("space");
    let mut follower = Follower::of_folder(place.clone(), Arc::default()).mending();
    assert!(trouble(follower.poll(at(0))).contains("not in a git repository"));
    assert!(follower.poll(at(60)).is_empty(), "told once");
    std::os::unix::fs::symlink(home.dir.path(), &place).unwrap();
    in_force(follower.poll(at(120)));
    assert!(follower.poll(at(180)).is_empty());
}

#[test]
fn a_key_that_comes_later_is_taken_into_use() {
    let home = Home::new();
    let path = home.dir.path().join(".git/space/key");
    let key = fs::read(&path).unwrap();
    for missing in [None, Some("")] {
        let _ = fs::remove_file(&path); // the first time it is there
        missing.into_iter().for_each(|text| fs::write(&path, text).unwrap());
        let mut follower = of_door(&home);
        let news = follower.poll(at(0));
        let [News::InForce { key: None, findings, .. }] = &news[..] else { panic!("{news:?}") };
        assert!(findings.iter().any(|it| it.code.as_str() == "key"), "{findings:?}");
        assert!(follower.poll(at(60)).is_empty());
        fs::write(&path, &key).unwrap();
        let news = follower.poll(at(120));
        assert!(matches!(&news[..], [News::InForce { key: Some(_), .. }]), "{news:?}");
        assert!(follower.poll(at(180)).is_empty());
    }
}

/// Going back further would bring back what was revoked since.
#[test]
fn a_door_never_goes_back_behind_what_was_in_force() {
    let home = Home::new();
    make_door(&home);
    in_force(of_door(&home).poll(at(0)));
    home.commit(&[(CREDENTIAL, None)]);
    let (revoked, _) = in_force(of_door(&home).poll(at(60)));
    let member = object(&home, &home.tree("members/00/0001/member.json").to_string());
    overwrite(&member, b"");
    let news = of_door(&home).poll(at(120));
    let [News::InForce { index, .. }, News::Trouble(_)] = &news[..] else { panic!("{news:?}") };
    assert_eq!(index.commit(), revoked.commit(), "what is damaged grants nothing");
    assert!(!ada_enters(index, at(120)));
}
