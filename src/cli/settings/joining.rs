//! The options about joining and languages.

use crate::domain::model::{Acceptance, JoiningRules, Language, Slug};

/// The heading of these options.
const JOINING: &str = "Joining";

/// What is set about joining.
#[derive(clap::Args, Debug)]
pub(super) struct JoiningArgs {
    /// The language of pages and letters for whoever asks for no other: en or de
    #[arg(long, value_name = "CODE")]
    pub(super) language: Option<Language>,

    /// A tier that newcomers may choose; replaces the list; can be repeated; if empty, nobody joins
    /// on the web
    #[arg(long = "joining-tier", value_name = "TIER", help_heading = JOINING)]
    tiers: Vec<String>,

    /// What makes somebody a member who has filled in the form
    #[arg(long = "joining", value_name = "WHEN", help_heading = JOINING)]
    pub(super) acceptance: Option<Acceptance>,

    /// A facility that a newcomer's first fob opens; replaces the list; can be repeated; if empty,
    /// none
    #[arg(long = "joining-facility", value_name = "FACILITY", help_heading = JOINING)]
    facilities: Vec<String>,
}

impl JoiningArgs {
    /// Returns the tiers, if they were given.
    ///
    /// # Errors
    /// One is not a valid name.
    pub(super) fn tiers(&self) -> Result<Option<Vec<Slug>>, String> {
        names(&self.tiers)
    }

    /// Returns the facilities, if they were given.
    ///
    /// # Errors
    /// One is not a valid name.
    pub(super) fn facilities(&self) -> Result<Option<Vec<Slug>>, String> {
        names(&self.facilities)
    }
}

fn names(given: &[String]) -> Result<Option<Vec<Slug>>, String> {
    let names = given.iter().filter(|it| !it.is_empty()).map(|it| it.parse());
    Ok((!given.is_empty()).then_some(names.collect::<Result<_, _>>()?))
}

/// Returns what is set, for people.
pub(super) fn lines(language: Language, rules: &JoiningRules) -> [(&'static str, String); 4] {
    let list = |all: &[Slug]| all.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
    [
        ("language", language.own_name().to_owned()),
        ("joining", rules.acceptance.word().to_owned()),
        ("joining tiers", list(&rules.tiers)),
        ("joining opens", list(&rules.facilities_on_joining)),
    ]
}
