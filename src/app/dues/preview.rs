//! Whose dues a change of prices or settings affects, and by how much.

use jiff::{Timestamp, civil::Date};

use crate::{
    app::{
        AppError,
        dues::members::{self, Owing},
        look_up, zone,
    },
    domain::{
        dues::Prices,
        model::{Advice, Basis, Edit, Note, Record, RecordPath, Slot, text::shown},
        money::Currency,
        ops::Plan,
    },
    store::Revision,
};

/// The most members that are listed; further ones are only counted.
const MAX_LISTED: usize = 40;

/// Adds notes to a plan on how it changes dues: whose and by how much for a dry run, and otherwise
/// how to find who then pays too little.
///
/// # Errors
/// Fails if the settings cannot be read.
pub fn add(
    head: &Revision<'_>,
    plan: Plan,
    dry_run: bool,
    now: Timestamp,
) -> Result<Plan, AppError> {
    let (before, _) = head.basis();
    let after = with_plan(&before, &plan);
    if Prices::of(&before) == Prices::of(&after) {
        return Ok(plan);
    }
    if !dry_run {
        return Ok(plan.note(Note::new("this changes dues", Advice::ReviewDues)));
    }
    let today = now.to_zoned(zone::of(head)?).date();
    Ok(differences(head, &before, &after, today)?.into_iter().fold(plan, Plan::note))
}

fn differences(
    head: &Revision<'_>,
    before: &Basis,
    after: &Basis,
    today: Date,
) -> Result<Vec<String>, AppError> {
    let (before, after) = (members::all(head, before, today)?, members::all(head, after, today)?);
    let mut after = after.into_iter().peekable();
    let currency = look_up::currency(head)?;
    let mut notes = Vec::new();
    let mut affected = 0;
    for old in before {
        while after.next_if(|new| new.id < old.id).is_some() {}
        let Some(new) = after.next_if(|new| new.id == old.id) else { continue };
        if (old.dues.amount, old.dues.year) != (new.dues.amount, new.dues.year) {
            affected += 1;
            if affected <= MAX_LISTED {
                let name = shown(&old.name);
                notes.push(format!(
                    "{} {name}: {}, previously {}",
                    old.id,
                    price(&new, &currency),
                    price(&old, &currency)
                ));
            }
        }
    }
    match affected {
        0 => notes.push("nobody's dues change".to_owned()),
        many if many > MAX_LISTED => notes.push(format!("and {} more members", many - MAX_LISTED)),
        _ => {}
    }
    Ok(notes)
}

fn price(owing: &Owing, currency: &Currency) -> String {
    let amount = |minor| currency.amount(minor);
    let year = owing.dues.year.map(|year| format!(" or {} a year", amount(year)));
    format!("{} a month{}", amount(owing.dues.amount), year.unwrap_or_default())
}

/// Returns the settings and tiers after a plan.
fn with_plan(before: &Basis, plan: &Plan) -> Basis {
    let mut after = before.clone();
    for (path, edit) in &plan.change.edits {
        match (path, edit) {
            (RecordPath::Space, Edit::Put(record)) => {
                if let Record::Space(space) = &**record {
                    after.space = Slot::Read(space.clone());
                }
            }
            (RecordPath::Tier(name), Edit::Put(record)) => {
                if let Record::Tier(tier) = &**record {
                    after.tiers.insert(name.clone(), Slot::Read(tier.clone()));
                }
            }
            _ => {}
        }
    }
    after
}
