//! An index that keeps in step with the branch, polled at given moments without any hints.

use std::{fs, sync::Arc};

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
