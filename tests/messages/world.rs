//! A small space that receives messages.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use space::domain::{
    check,
    messages::{Batch, Message, Outcome, Terms, receive},
    model::{Facility, FacilityKind, Record, RecordPath, Slug, Space, SpaceKey},
    records::Catalogue,
};

/// The space, and which messages have arrived.
pub(crate) struct World {
    pub(crate) records: Catalogue,
    pub(crate) key: SpaceKey,
    served: BTreeSet<Slug>,
    pub(crate) now: Timestamp,
    pub(crate) patience: SignedDuration,
}

impl World {
    /// A space with three facilities, of which two are served, and without any members.
    pub(crate) fn new() -> Self {
        let mut records = Catalogue::default();
        records.insert(RecordPath::Space, Record::Space(settings()));
        for name in ["frontdoor", "laser", "kiln"] {
            let facility = Facility {
                name: name.into(),
                kind: FacilityKind::Door,
                induction: false,
                inductions_first: Vec::new(),
                fob_first: false,
                controllers: [].into(),
                controller_key: None,
                grant_on_induction: None,
                stale: None,
            };
            let path = RecordPath::Facility(name.parse().unwrap());
            records.insert(path, Record::Facility(facility));
        }
        Self {
            records,
            key: SpaceKey::from_bytes([7; 32]),
            served: ["frontdoor", "laser"].map(|name| name.parse().unwrap()).into(),
            now: "2021-02-01T00:30:00Z".parse().unwrap(),
            patience: SignedDuration::ZERO,
        }
    }

    /// Receives messages and commits what they change; returns what became of each.
    pub(crate) fn receive(&mut self, messages: &[Message]) -> Vec<Outcome> {
        self.batch(messages).outcomes
    }

    /// Receives messages and commits what they change, as the store would: checked.
    pub(crate) fn batch(&mut self, messages: &[Message]) -> Batch {
        let terms = Terms {
            key: &self.key,
            facilities: Some(&self.served),
            now: self.now,
            patience: self.patience,
        };
        let batch = receive(&self.records, &terms, messages);
        let Batch { outcomes, plan } = &batch;
        assert_eq!(outcomes.len(), messages.len());
        let errors: Vec<_> = check::change(&plan.change, &self.records);
        assert!(!errors.iter().any(|it| it.is_error()), "{errors:?}");
        if !plan.change.edits.is_empty() {
            assert!(plan.change.trailer.starts_with("message.apply "), "{}", plan.change.trailer);
            assert!(!plan.change.subject.as_str().is_empty());
        }
        for outcome in outcomes {
            let words = outcome.to_string();
            assert!(!words.contains(|c: char| c.is_control()), "{words}");
            // They go into the log of the bridge, which has numbers only.
            for (_, record) in self.records.iter() {
                let Record::Member(member) = record else { continue };
                assert!(!words.contains(&member.name), "{words}");
            }
        }
        self.records.apply(&plan.change);
        assert_eq!(check::all(&self.records).iter().find(|it| it.is_error()), None);
        batch
    }

    /// Returns what messages remember and nothing else: neither members nor what they may do.
    pub(crate) fn access(&self) -> Vec<(RecordPath, Record)> {
        let counts = |path: &RecordPath| {
            matches!(path, RecordPath::Credential(..) | RecordPath::Requirement(..))
        };
        let all = self.records.iter().filter(|(path, _)| counts(path));
        all.map(|(path, record)| (path.clone(), record.clone())).collect()
    }
}

/// The settings that a new space begins with.
fn settings() -> Space {
    serde_json::from_str(include_str!("../../data-template/space.json")).unwrap()
}
