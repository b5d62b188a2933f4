//! Checks of a requirement: its tag, its text, and what it asks for.

use super::{credential::unique_tag, notes::Notes};
use crate::domain::model::{Requirement, Slug, Tag};

pub(super) fn check(_facility: &Slug, tag: &Tag, requirement: &Requirement, notes: &mut Notes<'_>) {
    unique_tag(tag, notes);
    notes.optional_text("description", requirement.description.as_deref());
    if requirement.arm.is_some() && requirement.priority >= 0 {
        notes.warning(
            "pointless-arm",
            format!(
                "`arm` does nothing, since priority {} holds nothing unlocked: \
                 write null, or a priority below zero for an open house",
                requirement.priority
            ),
        );
    }
}
