//! How people join by themselves: `joining` in `space.json`.

use serde::{Deserialize, Serialize};

use super::Slug;

/// How people join by themselves.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JoiningRules {
    /// The tiers that newcomers may choose from; without one, nobody joins by themselves.
    pub tiers: Vec<Slug>,
    /// What makes somebody a member who has filled in the form.
    pub acceptance: Acceptance,
    /// The facilities that a newcomer's first fob opens.
    pub facilities_on_joining: Vec<Slug>,
}

/// What makes somebody a member who has filled in the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Acceptance {
    /// Nothing else.
    AtOnce,
    /// The link in an e-mail.
    #[default]
    ByMail,
    /// The link in an e-mail, and then somebody of the space.
    AfterApproval,
}
