//! Compares two revisions.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{AppError, dues::members, zone},
    domain::{
        effect::{self, AccessDifference, RecordDifference, Side, Toll},
        model::{Brake, Finding, MemberId, Money, Record, RecordPath},
        money::Currency,
    },
    store::Revision,
};

/// Everything that changes between two states.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// The records that change.
    pub records: Vec<RecordDifference>,
    /// Files that change and are not records, or cannot be read as such.
    pub files: Vec<String>,
    /// Who gains or loses access to what.
    pub access: Vec<AccessDifference>,
    /// Whose dues change.
    pub dues: Vec<DuesDifference>,
    /// How many members lose something that they can open within a month.
    pub losing: usize,
    /// For how many members with access nothing changes.
    pub same: usize,
    /// What keeps the change from being accepted.
    pub findings: Vec<Finding>,
    /// Why it has to be confirmed, if so.
    pub brake: Option<Finding>,
    /// The zone to show moments in.
    #[serde(skip)]
    pub zone: TimeZone,
    /// The currency to show amounts in.
    #[serde(skip)]
    pub currency: Currency,
}

/// What a member owes a month, before and after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DuesDifference {
    /// The member.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// The dues of a month before, in minor units; `None` if they were not a member.
    pub before: Option<Money>,
    /// The dues of a month afterwards.
    pub after: Option<Money>,
}

/// Compares two revisions as of a moment.
///
/// # Errors
/// Fails if a commit cannot be read.
pub fn between(
    before: &Revision<'_>,
    after: &Revision<'_>,
    now: Timestamp,
) -> Result<Difference, AppError> {
    let (change, findings) = after.change_since(before.id())?;
    let mut found = findings;
    found.extend(crate::domain::check::change(&change, before));
    found.sort();
    found.dedup();
    let records = change.edits.iter();
    let records = records
        .map(|(path, edit)| effect::record(path, before.record(path).ok().flatten().as_ref(), edit))
        .collect();
    let changed = after.changes_since(before.id())?;
    let known = |path: &RecordPath| change.edits.contains_key(path);
    let files = changed.into_iter().filter(|it| !it.record_path.as_ref().is_some_and(known));
    let (old, new) = (before.basis().0, after.basis().0);
    let (were, are) = (before.roster(), after.roster());
    let sides = (Side::new(&old, were.members()), Side::new(&new, are.members()));
    let (access, same) = effect::access(&sides.0, &sides.1, now);
    let toll = Toll::of(&sides.0, &sides.1, None, now);
    let settings = match before.record(&RecordPath::Space) {
        Ok(Some(Record::Space(space))) => Some(space),
        _ => None,
    };
    let rules = settings.as_ref().map_or_else(Brake::default, |it| it.brake);
    Ok(Difference {
        records,
        files: files.map(|it| it.path).collect(),
        access,
        dues: dues(before, after, now)?,
        losing: toll.losing.len(),
        same,
        findings: found,
        brake: effect::brake(rules, &toll, None),
        zone: zone::or_utc(after),
        currency: Currency::named(settings.as_ref().map_or("", |it| &it.currency)),
    })
}

fn dues(
    before: &Revision<'_>,
    after: &Revision<'_>,
    now: Timestamp,
) -> Result<Vec<DuesDifference>, AppError> {
    let today = now.to_zoned(zone::or_utc(after)).date();
    let all = |revision: &Revision<'_>| members::all(revision, &revision.basis().0, today);
    let (Ok(old), Ok(new)) = (all(before), all(after)) else { return Ok(Vec::new()) };
    let mut found: std::collections::BTreeMap<MemberId, DuesDifference> = old
        .into_iter()
        .map(|it| {
            let before = Some(it.dues.amount);
            (it.id, DuesDifference { member: it.id, name: it.name, before, after: None })
        })
        .collect();
    for it in new {
        let blank = DuesDifference { member: it.id, name: it.name, before: None, after: None };
        found.entry(it.id).or_insert(blank).after = Some(it.dues.amount);
    }
    Ok(found.into_values().filter(|it| it.before != it.after).collect())
}
