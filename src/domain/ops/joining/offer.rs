//! The tiers that newcomers may choose from, and what they would owe.

use jiff::civil::Date;

use crate::domain::{
    dues::{self, Dues, DuesTerms, Household},
    model::{Money, Record, RecordPath, Slug, Space, Tier, contact::YearMonth},
    ops::{Refusal, look_up},
    records::Records,
};

/// What newcomers are offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The settings.
    pub space: Space,
    /// The tiers that can be read, in the order of the settings.
    pub tiers: Vec<(Slug, Tier)>,
}

impl Offer {
    /// Reads it.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub fn of(records: &dyn Records) -> Result<Self, Refusal> {
        let space = look_up::space(records)?;
        let tier = |name: &Slug| match records.record(&RecordPath::Tier(name.clone())) {
            Some(Record::Tier(tier)) => Some((name.clone(), tier)),
            _ => None,
        };
        let tiers = space.joining.tiers.iter().filter_map(tier).collect();
        Ok(Self { space, tiers })
    }

    /// Returns a tier that is offered.
    #[must_use]
    pub fn tier(&self, name: &str) -> Option<&(Slug, Tier)> {
        self.tiers.iter().find(|(it, _)| it.as_str() == name)
    }
}

/// Works out what somebody would owe: the same as for members.
#[must_use]
pub fn dues(
    space: &Space,
    tier: &Tier,
    (born, has_concession, chosen_amount): (Option<YearMonth>, bool, Option<Money>),
    children: &[Option<YearMonth>],
    today: Date,
) -> Dues {
    let person = |born: Option<YearMonth>, is_child: bool| DuesTerms {
        name: String::new(),
        joined: today,
        left: None,
        concession: has_concession && !is_child,
        born,
        chosen_amount: chosen_amount.filter(|_| !is_child),
        is_child,
    };
    let household = Household {
        payer: person(born, false),
        children: children.iter().map(|born| person(*born, true)).collect(),
    };
    dues::dues(&space.dues, tier, &household, today)
}
