//! Checks of a channel of a chat: who belongs to it, and in which words is posted.

use super::{facility, finding_collector::FindingCollector, tier};
use crate::domain::{
    model::{Channel, FindingCode, Group, Record, RecordPath, Slug},
    posts::{self, PostFacts},
};

pub(super) fn check(name: &Slug, channel: &Channel, findings: &mut FindingCollector<'_>) {
    findings.optional_text("channel", channel.channel.as_deref());
    for group in &channel.groups {
        match group {
            Group::Tier(tier) => tier::exists(tier, "`groups` names", findings),
            Group::Inducted(facility) | Group::Inductors(facility) => {
                facility::exists(facility, "`groups` names", findings);
            }
            Group::Members | Group::GoodStanding | Group::Priority(_) => {}
        }
    }
    let sample = PostFacts {
        space: "Space".into(),
        facility: "Door".into(),
        words: "words".into(),
        until: "21:00".into(),
        name: "Ada".into(),
        number: 2,
        over: false,
    };
    for (kind, words) in &channel.posts {
        if let Some(words) = words
            && let Err(why) = posts::render(*kind, Some(words), &sample)
        {
            findings.error(FindingCode::BadChannel, format!("`posts.{kind}`: {why}"));
        }
    }
    if !channel.groups.is_empty() {
        alone(name, channel, findings);
    }
}

/// Checks that no other record says who belongs to the same channel: the two would remove each other's
/// people.
fn alone(name: &Slug, channel: &Channel, findings: &mut FindingCollector<'_>) {
    for other in findings.records.channels() {
        if other == *name {
            continue;
        }
        let Some(Record::Channel(it)) =
            findings.records.record(&RecordPath::Channel(other.clone()))
        else {
            continue;
        };
        let same = it.chat == channel.chat && it.place(&other) == channel.place(name);
        if same && !it.groups.is_empty() {
            let message = format!(
                "channels/{other}.json says who belongs to the same channel, {}: put all groups into \
                 one of them",
                channel.place(name)
            );
            findings.error(FindingCode::BadChannel, message);
        }
    }
}
