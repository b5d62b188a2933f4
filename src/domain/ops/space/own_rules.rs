//! Changes what members may do by themselves.

use std::collections::BTreeSet;

use crate::domain::{
    model::{GuestRules, OwnField, SelfService, Slug},
    ops::changed_fields::ChangedFields,
};

/// How long a pass for a guest lasts at most unless that is said, in hours.
const HOURS: u16 = 12;

/// The new rules; what is missing stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnRules {
    /// What members may change by themselves.
    pub change: Option<BTreeSet<OwnField>>,
    /// For how many days they see their visits.
    pub visit_days: Option<u16>,
    /// What guests may open; with nothing, there are none.
    pub guests: Option<BTreeSet<Slug>>,
    /// How long a pass lasts at most, in hours.
    pub guest_hours: Option<u16>,
    /// How many passes a member may have given out at the same time.
    pub guest_passes: Option<u8>,
}

impl OwnRules {
    pub(super) fn write(self, rules: &mut SelfService, edits: &mut ChangedFields) {
        edits.set("own changes", self.change, &mut rules.change);
        edits.set("visit days", self.visit_days, &mut rules.visit_days);
        let mut guests = rules.guests.clone();
        if let Some(facilities) = self.guests {
            let former = guests.take();
            if !facilities.is_empty() {
                let none = GuestRules { facilities: BTreeSet::new(), hours: HOURS, at_once: 2 };
                guests = Some(GuestRules { facilities, ..former.unwrap_or(none) });
            }
        }
        if let Some(guests) = &mut guests {
            guests.hours = self.guest_hours.unwrap_or(guests.hours);
            guests.at_once = self.guest_passes.unwrap_or(guests.at_once);
        }
        edits.set("guests", Some(guests), &mut rules.guests);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_are_let_in_and_kept_out_again() {
        let (mut rules, mut edits) = (SelfService::default(), ChangedFields::default());
        let facilities: BTreeSet<Slug> = ["frontdoor".parse().unwrap()].into();
        let hours = OwnRules { guest_hours: Some(4), ..OwnRules::default() };
        hours.clone().write(&mut rules, &mut edits);
        assert_eq!(rules.guests, None, "hours alone let nobody in");
        let guests = OwnRules { guests: Some(facilities.clone()), ..OwnRules::default() };
        guests.write(&mut rules, &mut edits);
        hours.write(&mut rules, &mut edits);
        let set = GuestRules { facilities, hours: 4, at_once: 2 };
        assert_eq!(rules.guests, Some(set));
        let none = OwnRules { guests: Some(BTreeSet::new()), ..OwnRules::default() };
        none.write(&mut rules, &mut edits);
        assert_eq!(rules, SelfService::default());
    }
}
