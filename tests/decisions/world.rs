//! A small space in memory, described by a case file.

use std::collections::BTreeMap;

use jiff::{Span, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use space::domain::{
    access::{CompiledMember, Index, Side},
    model::{
        Basis, Code, CodeHash, CommitId, Credential, CredentialType, FacilityFolder, Grant,
        Induction, MemberFolder, MemberId, Requirement, Slot, Slug, SpaceKey, Tag,
    },
    schedule::Window,
};

/// One case file.
#[derive(Deserialize)]
pub(crate) struct File {
    pub(crate) about: String,
    pub(crate) cases: Vec<Case>,
}

/// One reading, the records behind it, and the expected result.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) now: Timestamp,
    pub(crate) credentials: Vec<Row>,
    pub(crate) requirements: Vec<Demand>,
    pub(crate) reading: Reading,
    pub(crate) expect: Map<String, Value>,
    /// Fields of `space.json` that differ from the default.
    #[serde(default)]
    pub(crate) space: Map<String, Value>,
    /// Fields of members that differ from the default, by number.
    #[serde(default)]
    pub(crate) members: BTreeMap<MemberId, Map<String, Value>>,
    /// Fields of facilities that differ from the default, by name.
    #[serde(default)]
    pub(crate) facilities: BTreeMap<Slug, Map<String, Value>>,
    #[serde(default)]
    pub(crate) inductions: Vec<Inducted>,
    /// Records that exist but cannot be read, by path.
    #[serde(default)]
    pub(crate) unreadable: Vec<String>,
}

/// One grant of a credential.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) member: MemberId,
    #[serde(rename = "type")]
    pub(crate) kind: CredentialType,
    pub(crate) code: String,
    pub(crate) facility: Slug,
    pub(crate) priority: i32,
    pub(crate) effective: Timestamp,
    pub(crate) expiration: Option<Timestamp>,
    pub(crate) tag: Tag,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Demand {
    pub(crate) requiredpriority: i32,
    pub(crate) facility: Slug,
    pub(crate) tag: Tag,
    pub(crate) timespec: String,
    pub(crate) arm: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reading {
    #[serde(rename = "type")]
    pub(crate) kind: CredentialType,
    pub(crate) code: String,
    pub(crate) facility: Slug,
    pub(crate) reader: Side,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inducted {
    pub(crate) member: MemberId,
    pub(crate) facility: Slug,
    pub(crate) on: jiff::civil::Date,
}

pub(crate) fn hash(kind: CredentialType, code: &str) -> CodeHash {
    Code::parse(kind, code).unwrap().hash(&SpaceKey::from_bytes([7; 32]))
}

/// Two weeks around a moment.
pub(crate) fn window(now: Timestamp) -> Window {
    let week = Span::new().hours(7 * 24);
    Window { from: now - week, until: now + week }
}

pub(crate) fn commit() -> CommitId {
    CommitId::from_bytes([0x1a; 20])
}

/// Makes a record from the default fields and those that differ.
fn record<T: serde::de::DeserializeOwned>(usual: Value, fields: &Map<String, Value>) -> Slot<T> {
    let Value::Object(mut all) = usual else { unreachable!() };
    all.extend(fields.clone());
    Slot::Read(serde_json::from_value(Value::Object(all)).unwrap())
}

pub(crate) fn basis(space: &Map<String, Value>) -> Basis {
    let usual = json!({
        "name": "Space", "time_zone": "America/Chicago", "currency": "USD",
        "reference_prefix": "SM", "grace_days": 14,
        "dues": {
            "minimum": 0, "included_children": 0, "per_further_child": 0, "concession_age": 65,
        },
    });
    let tier = |price: Option<i64>| record(json!({ "name": "Tier", "price": price }), &Map::new());
    let tiers = [("guest", None), ("standard", Some(2500))];
    Basis {
        space: record(usual, space),
        tiers: tiers.map(|(name, price)| (name.parse().unwrap(), tier(price))).into(),
        facilities: BTreeMap::new(),
    }
}

impl Case {
    pub(crate) fn records(&self) -> (Basis, Vec<MemberFolder>) {
        let mut basis = basis(&self.space);
        let plain = Map::new();
        let named = self.credentials.iter().map(|row| &row.facility).chain(self.facilities.keys());
        let named = named.chain(self.requirements.iter().map(|it| &it.facility));
        for name in named.chain([&self.reading.facility]) {
            let fields = self.facilities.get(name).unwrap_or(&plain);
            let facility = record(json!({ "name": name, "kind": "door" }), fields);
            let folder = FacilityFolder { facility, ..FacilityFolder::default() };
            basis.facilities.insert(name.clone(), folder);
        }
        for (number, demand) in self.requirements.iter().enumerate() {
            // the rows of a case may share a tag, but records cannot
            let tag = format!("{}{number}", demand.tag).parse().unwrap();
            let requirement = Requirement {
                priority: demand.requiredpriority,
                description: None,
                arm: demand.arm.clone().map(|arm| serde_json::from_value(arm).unwrap()),
                timespec: demand.timespec.clone(),
            };
            let folder = basis.facilities.get_mut(&demand.facility).unwrap();
            folder.requirements.insert(tag, Slot::Read(requirement));
        }
        let mut folders = self.folders();
        for path in &self.unreadable {
            self.spoil(path, &mut basis, &mut folders);
        }
        (basis, folders.into_values().collect())
    }

    fn folders(&self) -> BTreeMap<MemberId, MemberFolder> {
        let mut folders = BTreeMap::new();
        let plain = Map::new();
        let ids = self.credentials.iter().map(|row| row.member).chain(self.members.keys().copied());
        for id in ids {
            let fields = self.members.get(&id).unwrap_or(&plain);
            let usual = json!({ "name": "Ada", "tier": "guest", "joined": "2000-01-01" });
            let member = record(usual, fields);
            let folder = MemberFolder { member, ..MemberFolder::new(id) };
            folders.insert(id, folder);
        }
        for row in &self.credentials {
            let grant = Grant {
                facility: row.facility.clone(),
                priority: row.priority,
                effective: row.effective,
                expiration: row.expiration,
            };
            let code = hash(row.kind, &row.code);
            let credential = Credential { kind: row.kind, code, grants: vec![grant] };
            folders.get_mut(&row.member).unwrap().credentials.push((row.tag.clone(), credential));
        }
        for it in &self.inductions {
            let induction = Induction { on: it.on, by: None, inductor: false };
            let folder = folders.get_mut(&it.member).unwrap();
            folder.inductions.push((it.facility.clone(), induction));
        }
        folders
    }

    fn spoil(&self, path: &str, basis: &mut Basis, folders: &mut BTreeMap<MemberId, MemberFolder>) {
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["space"] => basis.space = Slot::Unreadable,
            ["tiers", name] => {
                basis.tiers.insert(name.parse().unwrap(), Slot::Unreadable);
            }
            ["facilities", name] => {
                basis.facilities.get_mut(*name).unwrap().facility = Slot::Unreadable;
            }
            ["requirements", name] => {
                let folder = basis.facilities.get_mut(*name).unwrap();
                folder.requirements.insert("spoilt".parse().unwrap(), Slot::Unreadable);
            }
            ["members", id] => {
                folders.get_mut(&id.parse().unwrap()).unwrap().member = Slot::Unreadable;
            }
            _ => panic!("{}: nothing can be unreadable at {path}", self.name),
        }
    }

    pub(crate) fn index(&self) -> Index {
        let (basis, folders) = self.records();
        Index::compile(commit(), &basis, folders.iter().map(CompiledMember::new), window(self.now))
    }
}
