//! The topics of this program.

use crate::domain::model::Slug;

/// The topics of this program: all begin with the same word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Topics {
    root: String,
}

/// The end of the topics with orders for doors.
const ORDER: &str = "/set";

impl Topics {
    /// Makes them from the word that they begin with.
    #[must_use]
    pub fn new(root: impl Into<String>) -> Self {
        Self { root: root.into() }
    }

    /// Whether the program is there: `online` or `offline`, retained.
    #[must_use]
    pub fn presence(&self) -> String {
        format!("{}/state", self.root)
    }

    /// Whether a door is locked: `LOCKED` or `UNLOCKED`.
    #[must_use]
    pub fn lock(&self, door: &Slug) -> String {
        format!("{}/door/{door}/lock", self.root)
    }

    /// Whether a door stands open: `ON` or `OFF`.
    #[must_use]
    pub fn contact(&self, door: &Slug) -> String {
        format!("{}/door/{door}/contact", self.root)
    }

    /// Where a door is told what to do.
    #[must_use]
    pub fn order(&self, door: &Slug) -> String {
        format!("{}/door/{door}{ORDER}", self.root)
    }

    /// The pattern of all topics with orders for doors.
    #[must_use]
    pub fn orders(&self) -> String {
        format!("{}/door/+{ORDER}", self.root)
    }

    /// Returns the door that an order is for, if this is such a topic.
    #[must_use]
    pub fn ordered<'t>(&self, topic: &'t str) -> Option<&'t str> {
        let rest = topic.strip_prefix(&self.root)?.strip_prefix("/door/")?;
        rest.strip_suffix(ORDER).filter(|door| !door.contains('/'))
    }

    /// What a meter says.
    #[must_use]
    pub fn meter(&self, meter: &Slug) -> String {
        format!("{}/meter/{meter}", self.root)
    }

    /// How warm a zone is and should be, as JSON.
    #[must_use]
    pub fn zone(&self, zone: &Slug) -> String {
        format!("{}/zone/{zone}", self.root)
    }

    /// The state of the guard, as JSON.
    #[must_use]
    pub fn guard(&self) -> String {
        format!("{}/guard", self.root)
    }

    /// How many people are in, as JSON.
    #[must_use]
    pub fn people(&self) -> String {
        format!("{}/people", self.root)
    }

    /// All alarms, as JSON, retained.
    #[must_use]
    pub fn alarms(&self) -> String {
        format!("{}/alarms", self.root)
    }

    /// The beginning or the end of an alarm, as JSON.
    #[must_use]
    pub fn alarm(&self) -> String {
        format!("{}/alarm", self.root)
    }

    /// Each activity, in the words of esp-rfid.
    #[must_use]
    pub fn access(&self) -> String {
        format!("{}/send", self.root)
    }

    /// Returns the id of a thing, for programs that know many things.
    #[must_use]
    pub fn id(&self, kind: &str, name: &str) -> String {
        let root = self.root.replace(|it: char| !it.is_ascii_alphanumeric() && it != '-', "_");
        format!("{root}_{kind}_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_names_its_door() {
        let topics = Topics::new("space");
        let door: Slug = "frontdoor".parse().unwrap();
        assert_eq!(topics.ordered(&topics.order(&door)), Some("frontdoor"));
        for other in
            ["space/door/a/b/set", "space/door/a/lock", "x/door/a/set", "space2/door/a/set"]
        {
            assert_eq!(topics.ordered(other), None, "{other}");
        }
        let nested = Topics::new("club/space");
        assert_eq!(nested.id("door", "a"), "club_space_door_a");
    }
}
