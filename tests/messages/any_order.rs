//! What a membership system sends in one order arrives in another, some of it twice, and the result
//! is the same.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};
use space::domain::messages::{Message, Outcome};

use super::world::World;

const FACILITIES: [&str; 2] = ["frontdoor", "laser"];

/// What a membership system does next; the numbers choose among what it knows.
#[derive(Clone, Debug)]
enum Deed {
    /// Gives a member a reservation, or extends one, for a facility.
    Activate {
        member: usize,
        tag: usize,
        facility: usize,
        days: u8,
    },
    RevokeTag {
        member: usize,
        tag: usize,
        facility: Option<usize>,
    },
    RevokeMember {
        member: usize,
        facility: Option<usize>,
    },
    /// Gives a member another fob, one that nobody has now.
    Replace {
        member: usize,
        fob: usize,
    },
    /// Takes everything from one member, and gives the fob to another.
    HandOver {
        from: usize,
        to: usize,
    },
    SetRequirement {
        tag: usize,
        facility: usize,
        priority: i8,
    },
    RevokeRequirement {
        tag: usize,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let facility = || proptest::option::of(0_usize..2);
    prop_oneof![
        6 => (0_usize..3, 0_usize..3, 0_usize..2, 1_u8..9).prop_map(|(member, tag, facility, days)| {
            Deed::Activate { member, tag, facility, days }
        }),
        1 => (0_usize..3, 0_usize..3, facility())
            .prop_map(|(member, tag, facility)| Deed::RevokeTag { member, tag, facility }),
        1 => (0_usize..3, facility())
            .prop_map(|(member, facility)| Deed::RevokeMember { member, facility }),
        3 => (0_usize..3, 0_usize..6).prop_map(|(member, fob)| Deed::Replace { member, fob }),
        1 => (0_usize..3, 0_usize..3).prop_map(|(from, to)| Deed::HandOver { from, to }),
        1 => (0_usize..2, 0_usize..2, -1_i8..4).prop_map(|(tag, facility, priority)| {
            Deed::SetRequirement { tag, facility, priority }
        }),
        1 => (0_usize..2).prop_map(|tag| Deed::RevokeRequirement { tag }),
    ]
}

/// A membership system: it gives each member one fob at a time, and none to two members.
struct Sender {
    fobs: [usize; 3],
    /// Whether it states the present fob when it extends a reservation, or the one of then.
    tracks: bool,
    /// The fob of each reservation when it was first made.
    made: BTreeMap<(usize, usize), usize>,
    /// The number of the next fob from the drawer.
    next: usize,
}

impl Sender {
    fn new(tracks: bool) -> Self {
        Self { fobs: [100, 101, 102], tracks, made: BTreeMap::new(), next: 300 }
    }

    /// Returns the messages for a deed; none if there is nothing to do.
    fn send(&mut self, deed: &Deed) -> Vec<Value> {
        let message = match *deed {
            Deed::Activate { member, tag, facility, days } => {
                let now = self.fobs[member];
                let made = *self.made.entry((member, tag)).or_insert(now);
                json!({
                    "action": "activate", "tag": format!("T{member}{tag}"), "member": member + 1,
                    "facility": FACILITIES[facility], "codetype": "fob",
                    "code": if self.tracks { now } else { made }.to_string(), "priority": 1,
                    "effective": "2021-01-01T00:00:00Z",
                    "expiration": format!("2021-02-0{days}T00:00:00Z"),
                })
            }
            Deed::RevokeTag { member, tag, facility } => json!({
                "action": "revoke", "tag": format!("T{member}{tag}"),
                "facility": facility.map(|it| FACILITIES[it]),
            }),
            Deed::RevokeMember { member, facility } => json!({
                "action": "revoke", "member": member + 1,
                "facility": facility.map(|it| FACILITIES[it]),
            }),
            Deed::Replace { member, fob } => {
                if self.fobs.contains(&(200 + fob)) {
                    return Vec::new();
                }
                self.replace(member, 200 + fob)
            }
            Deed::HandOver { from, to } => {
                if from == to {
                    return Vec::new();
                }
                let fob = std::mem::replace(&mut self.fobs[from], self.next);
                self.next += 1;
                let revoke = json!({ "action": "revoke", "member": from + 1 });
                return vec![revoke, self.replace(to, fob)];
            }
            Deed::SetRequirement { tag, facility, priority } => json!({
                "action": "set-requirement", "tag": format!("R{tag}"),
                "facility": FACILITIES[facility], "requiredpriority": priority,
                "timespec": "always",
            }),
            Deed::RevokeRequirement { tag } => {
                json!({ "action": "revoke-requirement", "tag": format!("R{tag}") })
            }
        };
        vec![message]
    }

    fn replace(&mut self, member: usize, new: usize) -> Value {
        let old = std::mem::replace(&mut self.fobs[member], new);
        json!({
            "action": "modify", "member": (member + 1).to_string(), "oldtype": "fob",
            "oldcode": old.to_string(), "newtype": "fob", "newcode": new.to_string(),
        })
    }
}

fn messages(deeds: &[Deed], tracks: bool) -> Vec<Message> {
    let mut sender = Sender::new(tracks);
    let sent = |at: usize| Timestamp::from_second(1_612_000_000 + at as i64).unwrap();
    let all = deeds.iter().flat_map(|deed| sender.send(deed)).enumerate();
    all.map(|(at, it)| Message { id: at.to_string(), sent: sent(at), text: it.to_string() })
        .collect()
}

/// Lets messages arrive, and those that wait again and again, as long as any of them gets on.
fn arrive(world: &mut World, messages: &[Message], size: usize) {
    world.patience = SignedDuration::from_hours(24 * 366);
    let mut waiting: Vec<Message> = Vec::new();
    for batch in messages.chunks(size) {
        waiting.extend(waits(world, batch));
    }
    loop {
        let left = waits(world, &waiting);
        if left.len() == waiting.len() {
            break;
        }
        waiting = left;
    }
    world.patience = SignedDuration::ZERO;
    assert!(waits(world, &waiting).is_empty());
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(|it| format!("{} {}", it.id, it.text)).collect()
}

fn waits(world: &mut World, batch: &[Message]) -> Vec<Message> {
    let outcomes = world.receive(batch);
    let waits = batch.iter().zip(outcomes).filter(|(_, it)| matches!(it, Outcome::Waits(_)));
    waits.map(|(message, _)| message.clone()).collect()
}

proptest! {
    #[test]
    fn the_result_is_that_of_each_message_once_in_order(
        deeds in proptest::collection::vec(deed(), 1..14),
        tracks in any::<bool>(),
        shuffle in proptest::collection::vec(any::<u32>(), 56),
        twice in proptest::collection::vec(any::<bool>(), 28),
        size in 1_usize..5,
    ) {
        let sent = messages(&deeds, tracks);
        let mut in_order = World::new();
        for message in &sent {
            let outcomes = in_order.receive(std::slice::from_ref(message));
            prop_assert!(outcomes[0].is_done());
        }
        let again = sent.iter().zip(&twice).filter(|(_, twice)| **twice).map(|(it, _)| it);
        let mut arriving: Vec<(u32, &Message)> =
            sent.iter().chain(again).zip(&shuffle).map(|(it, at)| (*at, it)).collect();
        arriving.sort_by_key(|(at, _)| *at);
        let arriving: Vec<Message> = arriving.into_iter().map(|(_, it)| it.clone()).collect();
        let mut other = World::new();
        arrive(&mut other, &arriving, size);
        prop_assert_eq!(other.access(), in_order.access(), "{:#?}", texts(&arriving));
    }
}
