//! Finds the notices that are due: by the date, and by what has happened since the last time.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::{Timestamp, civil::Date};

use crate::{
    app::{
        AppError, look_up,
        notice::untold,
        progress::{Progress, Underway},
        zone,
    },
    domain::{
        dues::{CoverTerms, Prices},
        model::{
            Basis, CommitId, Member, MemberFolder, MemberId, Notice, NoticeKind, Record,
            RecordPath, Slot,
        },
        notices::{self, Occasion, ReminderTerms},
        ops::{
            self,
            notice::{Children, affected},
        },
    },
    store::{OutboxState, Revision, Roster, Store},
};

/// The notices for all members.
pub struct DueNotices {
    /// All occasions, sent or not.
    pub all: BTreeMap<(MemberId, NoticeKind), Vec<Occasion>>,
    /// What is to be sent now, sorted by member and kind.
    pub due: Vec<(MemberId, Occasion)>,
    /// What is due to members who had a letter today already, sorted likewise: it is in the letter
    /// of tomorrow, so that an evening's work is not a letter for each step.
    pub tomorrow: Vec<(MemberId, Occasion)>,
    /// Whether it is known what has happened since the last time.
    pub events_known: bool,
}

impl DueNotices {
    /// Gathers the notices. Events count from the commit `since` on; `posted` is what was sent but
    /// not committed yet.
    ///
    /// # Errors
    /// Fails if the settings or the history cannot be read.
    pub fn of(
        store: &Store,
        head: &Revision<'_>,
        posted: &OutboxState,
        since: Option<CommitId>,
        today: Date,
        progress: &dyn Progress,
    ) -> Result<Self, AppError> {
        let _underway = Underway::new(progress, "looking for what is due");
        let (basis, _) = head.basis();
        let roster = head.roster();
        let rules = &look_up::space(head)?.notices;
        let mut all: BTreeMap<(MemberId, NoticeKind), Vec<Occasion>> = BTreeMap::new();
        let mut add = |id, occasion: Occasion| {
            all.entry((id, occasion.kind)).or_default().push(occasion);
        };
        for (id, occasion) in due_by_date(&roster, &basis, today) {
            add(id, occasion);
        }
        // If the history was rewritten, the commit is gone; then start from the newest.
        let before = since.and_then(|commit| store.read(commit).ok());
        let events_known = before.is_some();
        if let Some(before) = before {
            for (id, occasion) in due_by_events(&before, head, &basis, &roster, today)? {
                add(id, occasion);
            }
        }
        for (id, occasion) in untold::due(store, head, today)? {
            let known = all.entry((id, occasion.kind)).or_default();
            if known.iter().all(|it| it.key != occasion.key) {
                known.push(occasion);
            }
        }
        for occasions in all.values_mut() {
            occasions.retain(|occasion| !rules.off.contains(&occasion.kind));
        }
        let already_sent = already_sent(head, &all);
        let zone = zone::of(head)?;
        let on_today = |at: Timestamp| at.to_zoned(zone.clone()).date() == today;
        let heard = heard(&already_sent, posted, on_today);
        let none = Notice::default();
        let (mut due, mut tomorrow) = (Vec::new(), Vec::new());
        for (key, occasions) in &all {
            let unsent = notices::due(occasions, already_sent.get(key).unwrap_or(&none))
                .filter(|occasion| !is_posted(posted, key.0, occasion));
            let when = if heard.contains(&key.0) { &mut tomorrow } else { &mut due };
            when.extend(unsent.map(|occasion| (key.0, occasion.clone())));
        }
        Ok(Self { all, due, tomorrow, events_known })
    }
}

/// Returns the members who were sent a letter about something that was due on a day. Letters that
/// somebody asked for do not count.
fn heard(
    already_sent: &HashMap<(MemberId, NoticeKind), Notice>,
    posted: &OutboxState,
    on_day: impl Fn(Timestamp) -> bool,
) -> HashSet<MemberId> {
    let committed = already_sent.iter().filter(|((_, kind), _)| kind.is_due_by_itself());
    let committed = committed.flat_map(|((id, _), notice)| {
        notice.told.iter().map(move |it| (*id, it.at, it.failed.is_none()))
    });
    let others = posted.sent().iter().filter(|it| it.kind.is_due_by_itself());
    let others = others.filter_map(|it| Some((it.member?, it.at, it.failed.is_none())));
    let arrived = committed.chain(others).filter(|(_, at, arrived)| *arrived && on_day(*at));
    arrived.map(|(id, ..)| id).collect()
}

/// Reads what was already sent to the members concerned.
fn already_sent(
    head: &Revision<'_>,
    all: &BTreeMap<(MemberId, NoticeKind), Vec<Occasion>>,
) -> HashMap<(MemberId, NoticeKind), Notice> {
    let ids: HashSet<MemberId> = all.keys().map(|(id, _)| *id).collect();
    head.sent_notices(|id| ids.contains(&id))
}

fn is_posted(posted: &OutboxState, id: MemberId, occasion: &Occasion) -> bool {
    posted.sent().iter().any(|sent| {
        sent.member == Some(id) && sent.kind == occasion.kind && sent.occasion == occasion.key
    })
}

fn due_by_date(roster: &Roster, basis: &Basis, today: Date) -> Vec<(MemberId, Occasion)> {
    let Slot::Read(space) = &basis.space else { return Vec::new() };
    let of = |folder: &MemberFolder| {
        let member = folder.member.get()?;
        let payer = CoverTerms::new(member, None).in_tier(basis, &member.tier);
        let cover = roster.cover(member, basis, today);
        let standing = ReminderTerms::of(payer, cover, today);
        Some((folder.id, notices::reminder(&standing, &space.notices, today)?))
    };
    roster.members().filter_map(of).collect()
}

fn due_by_events(
    before: &Revision<'_>,
    head: &Revision<'_>,
    basis: &Basis,
    roster: &Roster,
    today: Date,
) -> Result<Vec<(MemberId, Occasion)>, AppError> {
    let changed = head.changes_since(before.id())?;
    let paths: Vec<&RecordPath> = changed.iter().filter_map(|it| it.record_path.as_ref()).collect();
    // That a notice was sent is not itself an event.
    let relevant = paths.iter().copied().filter(|path| !matches!(path, RecordPath::Notice(..)));
    let affected: BTreeSet<MemberId> = affected([before, head], relevant);
    let (basis_before, _) = before.basis();
    let repriced = Prices::of(basis) != Prices::of(&basis_before);
    let mut found = ops::notice::failed([before, head], paths.iter().copied(), today);
    if affected.is_empty() && !repriced {
        return Ok(found);
    }
    let children = children(before, head, roster, &paths);
    let of =
        |id: MemberId| children.each_ref().map(|it| it.get(&id).map_or(&[][..], Vec::as_slice));
    for id in &affected {
        let occasions = ops::notice::happened([before, head], of(*id), *id, today);
        found.extend(occasions.into_iter().map(|occasion| (*id, occasion)));
    }
    if repriced {
        let others = roster.members().map(|folder| folder.id).filter(|id| !affected.contains(id));
        found.extend(others.filter_map(|id| {
            Some((id, ops::notice::repriced([before, head], of(id), id, today)?))
        }));
    }
    Ok(found)
}

/// Returns the children by their parents: before the changes, and now.
fn children(
    before: &Revision<'_>,
    head: &Revision<'_>,
    roster: &Roster,
    changed: &[&RecordPath],
) -> [Children; 2] {
    let now = roster.families().clone();
    let mut former = now.clone();
    let parent = |revision: &Revision<'_>, path: &RecordPath| match revision.record(path) {
        Ok(Some(Record::Member(Member { parent, .. }))) => parent,
        _ => None,
    };
    for path in changed {
        let RecordPath::Member(id) = path else { continue };
        if let Some(parent) = parent(head, path)
            && let Some(children) = former.get_mut(&parent)
        {
            children.retain(|child| child != id);
        }
        if let Some(parent) = parent(before, path) {
            former.entry(parent).or_default().push(*id);
        }
    }
    [former, now]
}
