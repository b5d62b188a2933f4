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
    /// Gives a member another fob, one that nobody has now; at one facility, or at all.
    Replace {
        member: usize,
        fob: usize,
        facility: Option<usize>,
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
        3 => (0_usize..3, 0_usize..6, facility())
            .prop_map(|(member, fob, facility)| Deed::Replace { member, fob, facility }),
        1 => (0_usize..3, 0_usize..3).prop_map(|(from, to)| Deed::HandOver { from, to }),
        1 => (0_usize..2, 0_usize..2, -1_i8..4).prop_map(|(tag, facility, priority)| {
            Deed::SetRequirement { tag, facility, priority }
        }),
        1 => (0_usize..2).prop_map(|tag| Deed::RevokeRequirement { tag }),
    ]
}

/// How a membership system goes about it.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// Whether it states the present fob when it extends a reservation, or the one of then.
    tracks: bool,
    /// Whether a reservation is for one facility, so that a member may have a fob for each.
    apart: bool,
}

/// A membership system: it gives no fob to two members.
struct Sender {
    manner: Manner,
    /// The fob of each member at each facility.
    fobs: [[usize; 2]; 3],
    /// The fob of each reservation when it was first made.
    made: BTreeMap<String, usize>,
    /// The number of the next fob from the drawer.
    next: usize,
}

impl Sender {
    fn new(manner: Manner) -> Self {
        let fobs = [[100; 2], [101; 2], [102; 2]];
        Self { manner, fobs, made: BTreeMap::new(), next: 300 }
    }

    fn tag(&self, member: usize, tag: usize, facility: usize) -> String {
        match self.manner.apart {
            true => format!("T{member}{tag}{facility}"),
            false => format!("T{member}{tag}"),
        }
    }

    /// Returns the messages for a deed; none if there is nothing to do.
    fn send(&mut self, deed: &Deed) -> Vec<Value> {
        let message = match *deed {
            Deed::Activate { member, tag, facility, days } => {
                let tag = self.tag(member, tag, facility);
                let now = self.fobs[member][facility];
                let made = *self.made.entry(tag.clone()).or_insert(now);
                json!({
                    "action": "activate", "tag": tag, "member": member + 1,
                    "facility": FACILITIES[facility], "codetype": "fob",
                    "code": if self.manner.tracks { now } else { made }.to_string(),
                    "priority": 1, "effective": "2021-01-01T00:00:00Z",
                    "expiration": format!("2021-02-0{days}T00:00:00Z"),
                })
            }
            Deed::RevokeTag { member, tag, facility } => json!({
                "action": "revoke", "tag": self.tag(member, tag, facility.unwrap_or(0)),
                "facility": facility.map(|it| FACILITIES[it]),
            }),
            Deed::RevokeMember { member, facility } => json!({
                "action": "revoke", "member": member + 1,
                "facility": facility.map(|it| FACILITIES[it]),
            }),
            Deed::Replace { member, fob, facility } => {
                if self.fobs.iter().flatten().any(|it| *it == 200 + fob) {
                    return Vec::new();
                }
                self.replace(member, facility.filter(|_| self.manner.apart), 200 + fob)
            }
            Deed::HandOver { from, to } => {
                if from == to {
                    return Vec::new();
                }
                let [fob, _] = std::mem::replace(&mut self.fobs[from], [self.next; 2]);
                self.next += 1;
                let revoke = json!({ "action": "revoke", "member": from + 1 });
                return vec![revoke, self.replace(to, None, fob)];
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

    fn replace(&mut self, member: usize, facility: Option<usize>, new: usize) -> Value {
        let old = self.fobs[member][facility.unwrap_or(0)];
        for at in 0..2 {
            let meant = facility.is_none_or(|only| only == at);
            if meant && self.fobs[member][at] == old {
                self.fobs[member][at] = new;
            }
        }
        json!({
            "action": "modify", "member": (member + 1).to_string(), "oldtype": "fob",
            "oldcode": old.to_string(), "newtype": "fob", "newcode": new.to_string(),
            "facility": facility.map(|it| FACILITIES[it]),
        })
    }
}

fn messages(deeds: &[Deed], manner: Manner) -> Vec<Message> {
    let mut sender = Sender::new(manner);
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
        (tracks, apart) in any::<(bool, bool)>(),
        shuffle in proptest::collection::vec(any::<u32>(), 56),
        twice in proptest::collection::vec(any::<bool>(), 28),
        size in 1_usize..5,
    ) {
        let sent = messages(&deeds, Manner { tracks, apart });
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
