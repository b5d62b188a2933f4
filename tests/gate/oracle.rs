//! Who gets in by a commit, worked out from the bytes of its objects in the plainest way, and with
//! nothing of what it is held against.

use std::collections::{BTreeMap, BTreeSet};

use git2::{ObjectType, Oid, Repository};
use serde_json::Value;

type Rows = Vec<(String, String, Oid)>;

/// What a commit says, as far as the door goes by it.
#[derive(Clone, Debug, Default)]
pub(crate) struct OracleView {
    /// Whether a folder with records is not as git writes it, or there is too much of something.
    pub(crate) odd: bool,
    /// Whether something that decides is there and is not understood.
    pub(crate) unclear: bool,
    /// The tier's, the facility's and the requirements' records that can be read, by their paths.
    good: BTreeMap<String, Value>,
    codes: BTreeMap<String, String>,
    /// Who gets in, by the code.
    pub(crate) enter: BTreeMap<String, bool>,
}

struct Reader<'r> {
    repo: &'r Repository,
    former: &'r OracleView,
    view: OracleView,
}

/// Works out what a tree says after a commit that said something else.
pub(crate) fn read(
    repo: &Repository,
    tree: Oid,
    former: &OracleView,
    asked: &[&str],
) -> OracleView {
    let mut reader = Reader { repo, former, view: OracleView::default() };
    if !reader.is_canonical(tree, "") || reader.is_too_much(tree) {
        return OracleView { odd: true, unclear: true, ..former.clone() };
    }
    let required = reader.required(tree);
    let covered = reader.record(tree, "tiers/guest.json", |it| has(it, &["name", "price"], &[]));
    let holders = reader.holders(tree);
    for code in asked {
        let mut able = false;
        let held: BTreeSet<&str> =
            holders.iter().filter(|it| it.code == *code).map(|it| &*it.member).collect();
        if held.len() == 1 {
            let best = holders.iter().filter(|it| it.code == *code).filter_map(|it| it.best).max();
            let member = reader.json(
                tree,
                &format!(
                    "members/00/{}/member.json",
                    holders.iter().find(|it| it.code == *code).unwrap().member
                ),
            );
            let member = member.is_some_and(|it| has(&it, &["name", "tier", "joined"], &[]));
            able = member
                && covered.is_some()
                && matches!((best, required), (Some(best), Some(required)) if best >= required);
        }
        reader.view.enter.insert((*code).to_owned(), able);
    }
    reader.view
}

/// A requirement of which a space may have two.
pub(crate) const HEAVY: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T000000Z\n\
    DURATION:PT20S\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,\
    22,23;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,\
    30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59;\
    BYSECOND=0,20,40\nEND:VEVENT\nEND:VCALENDAR\n";

/// Tells whether records may lie in a folder, or copies of credentials, given its path from the top.
fn is_looked_into(path: &str) -> bool {
    matches!(
        path.split('/').skip(1).collect::<Vec<_>>()[..],
        ["tiers"
            | "payers"
            | "notices"
            | "templates"
            | "statement-profiles"
            | "meters"
            | "zones"
            | "channels"]
            | ["facilities" | "unmatched"]
            | ["facilities" | "unmatched", _]
            | ["facilities", _, "requirements"]
            | ["members"]
            | ["members", _]
            | ["members", _, _]
            | ["members", _, _, "credentials" | "inductions", ..]
            | ["members", _, _, "payments" | "notices"]
            | ["messages"]
            | ["messages", "tags" | "members"]
            | ["messages", "tags" | "members", _]
    )
}

struct Holder {
    member: String,
    code: String,
    /// The highest priority that it gives at the door, if it can be read.
    best: Option<i64>,
}

impl Reader<'_> {
    fn bytes(&self, id: Oid, kind: ObjectType) -> Option<Vec<u8>> {
        let odb = self.repo.odb().unwrap();
        let object = odb.read(id).ok()?;
        (object.kind() == kind).then(|| object.data().to_vec())
    }

    fn rows(&self, tree: Oid) -> Option<Rows> {
        let mut bytes = &self.bytes(tree, ObjectType::Tree)?[..];
        let mut rows = Vec::new();
        while !bytes.is_empty() {
            let mut parts = bytes.splitn(2, |byte| *byte == 0);
            let head = String::from_utf8(parts.next()?.to_vec()).ok()?;
            let tail = parts.next()?;
            let (mode, name) = head.split_once(' ')?;
            rows.push((mode.to_owned(), name.to_owned(), Oid::from_bytes(tail.get(..20)?).ok()?));
            bytes = &tail[20..];
        }
        Some(rows)
    }

    fn is_canonical(&self, tree: Oid, path: &str) -> bool {
        let Some(rows) = self.rows(tree) else { return false };
        let modes = ["100644", "100755", "120000", "160000", "40000"];
        let names: BTreeSet<&String> = rows.iter().map(|it| &it.1).collect();
        let key =
            |it: &(String, String, Oid)| it.1.clone() + if it.0 == "40000" { "/" } else { "" };
        let keys: Vec<String> = rows.iter().map(key).collect();
        let wrong = ["", ".", "..", ".git"];
        names.len() == rows.len()
            && keys.is_sorted()
            && rows.iter().all(|it| {
                let is_empty = it.2.to_string() == "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
                let is_empty_folder = it.0 == "40000" && is_empty;
                modes.contains(&&*it.0)
                    && !wrong.contains(&&*it.1)
                    && !it.1.contains('/')
                    && !is_empty_folder
            })
            && rows.iter().filter(|it| it.0 == "40000").all(|it| {
                let inner = format!("{path}/{}", it.1);
                !is_looked_into(&inner) || self.is_canonical(it.2, &inner)
            })
    }

    /// Tells whether there is more of anything than a space may have, of what these tests make.
    fn is_too_much(&self, tree: Oid) -> bool {
        let mut heavy = 0;
        let facilities = self.folder(tree, "facilities").into_iter().filter(|it| is_slug(&it.1));
        for (_, name, _) in facilities {
            let home = format!("facilities/{name}");
            // One that is there and cannot be read is in force as it was.
            let named = self.find(tree, &format!("{home}/facility.json")).is_some();
            for (_, name, _) in self.folder(tree, &format!("{home}/requirements")) {
                let text = self.json(tree, &format!("{home}/requirements/{name}"));
                let is_heavy = text.is_some_and(|it| it["timespec"].as_str() == Some(HEAVY));
                heavy += u32::from(named && is_tagged(&name) && is_heavy);
            }
        }
        let crowd = |path: &str| self.folder(tree, path).len() > 1_000;
        let members = self.folder(tree, "members/00");
        let homes = members.iter().map(|it| format!("members/00/{}", it.1));
        let below = |home: String| crowd(&home) || crowd(&format!("{home}/credentials"));
        heavy > 2 || crowd("members/00") || homes.into_iter().any(below)
    }

    fn find(&self, tree: Oid, path: &str) -> Option<(String, Oid)> {
        let mut at = ("40000".to_owned(), tree);
        for part in path.split('/') {
            let rows = if at.0 == "40000" { self.rows(at.1)? } else { return None };
            let row = rows.into_iter().find(|it| it.1 == part)?;
            at = (row.0, row.2);
        }
        Some(at)
    }

    fn folder(&self, tree: Oid, path: &str) -> Rows {
        let found = self.find(tree, path).filter(|it| it.0 == "40000");
        found.and_then(|it| self.rows(it.1)).unwrap_or_default()
    }

    fn json(&self, tree: Oid, path: &str) -> Option<Value> {
        let (mode, id) = self.find(tree, path)?;
        let bytes = self.bytes(id, ObjectType::Blob).filter(|_| mode.starts_with("100"))?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Returns a record, or its former self where there is something else.
    fn record(&mut self, tree: Oid, path: &str, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        self.find(tree, path)?;
        let read = self.json(tree, path).filter(fits);
        self.view.unclear |= read.is_none();
        let record = read.or_else(|| self.former.good.get(path).cloned())?;
        self.view.good.insert(path.to_owned(), record.clone());
        Some(record)
    }

    /// Returns the priority that the door asks for, unless it is shut.
    fn required(&mut self, tree: Oid) -> Option<i64> {
        let facility = self
            .record(tree, "facilities/door/facility.json", |it| has(it, &["name", "kind"], &[]));
        let mut shut = facility.is_none();
        for (mode, name, _) in self.folder(tree, "facilities/door") {
            shut |= name != "facility.json" && (name != "requirements" || mode != "40000");
        }
        let mut highest = None;
        for (_, name, _) in self.folder(tree, "facilities/door/requirements") {
            let record = Some(()).filter(|()| is_tagged(&name)).and_then(|()| {
                let path = format!("facilities/door/requirements/{name}");
                self.record(tree, &path, |it| {
                    has(it, &["priority", "timespec"], &["arm", "description"])
                        && (it["timespec"] == "always" || it["timespec"] == HEAVY)
                })
            });
            match record.and_then(|it| it["priority"].as_i64()) {
                Some(priority) => highest = highest.max(Some(priority)),
                None => shut = true,
            }
        }
        // A facility that is gone as a whole is shut, and nothing is unclear about it.
        self.view.unclear |= shut && !self.folder(tree, "facilities/door").is_empty();
        highest.filter(|_| !shut)
    }

    fn holders(&mut self, tree: Oid) -> Vec<Holder> {
        let mut all = Vec::new();
        let members = self.folder(tree, "members/00").into_iter().filter(|it| it.0 == "40000");
        for (_, member, _) in members.filter(|it| it.1.len() == 4 && it.1.starts_with("00")) {
            let home = format!("members/00/{member}/credentials");
            let rows = match self.find(tree, &home) {
                Some((mode, id)) if mode != "40000" => vec![(mode, String::new(), id)],
                _ => self.folder(tree, &home),
            };
            for (mode, name, id) in rows {
                let path = format!("{home}/{name}");
                let named = name.ends_with(".json") && !name.contains(' ');
                let read = self.json(tree, &path).filter(|it| named && is_credential(it));
                let holder = |code: &str, best| Holder {
                    member: member.clone(),
                    code: code.to_owned(),
                    best,
                };
                if let Some(it) = read {
                    let code = it["code"].as_str().unwrap();
                    let best = it["grants"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|it| it["priority"].as_i64().unwrap())
                        .max();
                    self.view.codes.insert(path, code.to_owned());
                    all.push(holder(code, best));
                    continue;
                }
                self.view.unclear = true;
                let mut codes = self.texts(&mode, id);
                if codes.is_empty() && named {
                    codes.extend(self.former.codes.get(&path).cloned());
                }
                all.extend(codes.iter().map(|code| holder(code, None)));
            }
        }
        all
    }

    /// Returns all that looks like a code below an entry.
    fn texts(&self, mode: &str, id: Oid) -> Vec<String> {
        if mode == "40000" {
            let rows = self.rows(id).unwrap_or_default();
            return rows.iter().flat_map(|it| self.texts(&it.0, it.2)).collect();
        }
        let bytes =
            self.bytes(id, ObjectType::Blob).filter(|_| mode != "160000").unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let words = text
            .split('"')
            .filter(|it| it.len() == 32 && it.chars().all(|c| c.is_ascii_hexdigit()));
        words.map(ToOwned::to_owned).collect()
    }
}

/// Tells whether a folder is named as a facility may be.
fn is_slug(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    !name.is_empty() && !name.starts_with(['-', '_']) && name.chars().all(is_plain)
}

/// Tells whether a file is named after a tag.
fn is_tagged(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|it| {
        it.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            && !it.starts_with(['.', '-'])
            && !it.is_empty()
    })
}

/// Tells whether it is an object with these fields, and of others these at most.
fn has(it: &Value, needed: &[&str], allowed: &[&str]) -> bool {
    let Value::Object(fields) = it else { return false };
    needed.iter().all(|name| fields.contains_key(*name))
        && fields.keys().all(|name| needed.contains(&&**name) || allowed.contains(&&**name))
}

fn is_credential(it: &Value) -> bool {
    let grant = |it: &Value| has(it, &["facility", "priority", "effective", "expiration"], &[]);
    has(it, &["type", "code", "grants"], &[])
        && it["grants"].as_array().is_some_and(|all| all.iter().all(grant))
}
