//! Records which notices were sent, so that each is sent once.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{
    model::{
        Change, Counted, MemberId, Notice, NoticeKind, Record, RecordPath, SentNotice, Subject,
    },
    notices::{Occasion, remembered},
    records::Records,
};

/// A letter that was sent, or that can never be delivered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FinishedNotice {
    /// The recipient; `None` for a notice to the people who run the space.
    pub member: Option<MemberId>,
    /// What kind of notice it was.
    pub kind: NoticeKind,
    /// The key of the occasion.
    pub occasion: String,
    /// When it was sent.
    pub at: Timestamp,
    /// Why it can never be delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// Records what was sent, as one change. `occasions` are all that may be due again; anything else
/// remembered is dropped, except for kinds whose occasions are not listed at all.
#[must_use]
pub fn record(
    records: &dyn Records,
    sent: &[FinishedNotice],
    occasions: &BTreeMap<(MemberId, NoticeKind), Vec<Occasion>>,
) -> Change {
    let mut groups: BTreeMap<(Option<MemberId>, NoticeKind), Vec<SentNotice>> = BTreeMap::new();
    for it in sent {
        let sent_notice =
            SentNotice { occasion: it.occasion.clone(), at: it.at, failed: it.failed.clone() };
        let group = groups.entry((it.member, it.kind)).or_default();
        group.retain(|former| former.occasion != sent_notice.occasion);
        group.push(sent_notice);
    }
    let failed = sent.iter().filter(|it| it.failed.is_some()).count();
    let subject = match sent {
        [FinishedNotice { member: Some(id), kind, .. }] => {
            Subject::new("notice:").and(*kind).and("to").and(*id)
        }
        [one] => Subject::new("notice:").and(one.kind).and("to the directors"),
        many => Subject::new("notice:").and(Counted::new(many.len(), "letters")),
    };
    let subject = match failed {
        0 => subject,
        count => subject.aside([Counted::new(count, "cannot be delivered")]),
    };
    let mut change = Change::new(subject, format!("notice.send {}", sent.len()));
    for ((member, kind), now) in groups {
        let path = match member {
            // A member who has been removed has no folder to remember it in.
            Some(id) if !records.exists(&RecordPath::Member(id)) => continue,
            Some(id) => RecordPath::Notice(id, kind),
            None => RecordPath::SpaceNotice(kind),
        };
        let notice = match records.record(&path) {
            Some(Record::Notice(notice) | Record::SpaceNotice(notice)) => notice,
            _ => Notice::default(),
        };
        let listed = member.and_then(|id| occasions.get(&(id, kind)));
        let again = listed.cloned().unwrap_or_else(|| {
            notice.told.iter().map(|sent| Occasion::of(kind, sent.occasion.clone())).collect()
        });
        let notice = remembered(&notice, &again, now);
        let record = match member {
            Some(_) => Record::Notice(notice),
            None => Record::SpaceNotice(notice),
        };
        change = change.put(path, record);
    }
    change
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        check,
        ops::fixture::{id, space},
    };

    fn sent(member: Option<u64>, kind: NoticeKind, occasion: &str) -> FinishedNotice {
        let at = "2026-03-02T08:00:00Z".parse().unwrap();
        FinishedNotice { member: member.map(id), kind, occasion: occasion.into(), at, failed: None }
    }

    #[test]
    fn one_change_for_all_and_the_same_again_changes_nothing() {
        let mut all = space();
        let letters = [
            sent(Some(1), NoticeKind::Reminder, "2026-03-01/1"),
            sent(Some(1), NoticeKind::CredentialAdded, "T1"),
            FinishedNotice {
                failed: Some("550 no such user".into()),
                ..sent(Some(2), NoticeKind::Welcome, "2026-01-01")
            },
            sent(None, NoticeKind::Review, "2026-02"),
            sent(Some(99), NoticeKind::Welcome, "2026-01-01"),
        ];
        let change = record(&all, &letters, &BTreeMap::new());
        assert_eq!(change.subject, "notice: 5 letters (1 cannot be delivered)");
        assert_eq!(change.edits.len(), 4);
        assert_eq!(check::change(&change, &all), []);
        all.apply(&change);
        assert_eq!(record(&all, &letters, &BTreeMap::new()).edits, change.edits);
    }

    #[test]
    fn occasions_that_can_no_longer_be_due_are_dropped() {
        let mut all = space();
        let kind = NoticeKind::Reminder;
        all.apply(&record(&all, &[sent(Some(1), kind, "2026-02-01/3")], &BTreeMap::new()));
        let now = Occasion::of(kind, "2026-03-01/1");
        let listed = BTreeMap::from([((id(1), kind), vec![now])]);
        let change = record(&all, &[sent(Some(1), kind, "2026-03-01/1")], &listed);
        all.apply(&change);
        let Some(Record::Notice(notice)) = all.record(&RecordPath::Notice(id(1), kind)) else {
            panic!("no notice");
        };
        let keys: Vec<&str> = notice.told.iter().map(|sent| sent.occasion.as_str()).collect();
        assert_eq!(keys, ["2026-03-01/1"]);
        assert_eq!(change.subject, "notice: reminder to 0001");
    }
}
