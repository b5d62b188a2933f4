//! People who applied and are not members yet.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, local, plain, waiting};
use crate::{
    app::texts::Texts,
    domain::{
        model::{Application, Language, Slug, Waiting},
        money::Currency,
    },
};

/// An application.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ApplicationView {
    /// The id by which it is accepted or declined.
    pub id: String,
    /// The name.
    pub name: String,
    /// The tier.
    pub tier: Slug,
    /// How many children join with them.
    pub children: usize,
    /// When it came.
    pub since: String,
    /// What it waits for: `link`, `admin` or `welcome`.
    pub waits_for: &'static str,
}

impl ApplicationView {
    /// Makes a row.
    #[must_use]
    pub fn new(it: &Waiting<Application>, zone: &TimeZone) -> Self {
        Self {
            id: it.id.clone(),
            name: it.content.name.clone(),
            tier: it.content.tier.clone(),
            children: it.content.children.len(),
            since: local(it.since, zone),
            waits_for: waiting::word(&it.stage),
        }
    }
}

impl View for ApplicationView {
    const EMPTY: &'static str = "nobody has applied";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("ID", |row| plain(&row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("TIER", |row| plain(&row.tier)),
        Column::new("CHILDREN", |row| plain(row.children)),
        Column::new("SINCE", |row| plain(&row.since)),
        Column::new("WAITS FOR", |row| plain(row.waits_for)),
    ];
}

/// Returns everything that an application says, by what it is.
#[must_use]
pub fn application_lines(it: &Application, currency: &Currency) -> Vec<(&'static str, String)> {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let texts = Texts::of(Language::English);
    let mut lines = vec![
        ("name", it.name.clone()),
        ("e-mail", it.email.clone()),
        ("phone", text(&it.phone)),
        ("address", text(&it.address).replace('\n', ", ")),
        ("born", it.born.map(|it| it.to_string()).unwrap_or_default()),
        ("tier", it.tier.to_string()),
        ("concession", text(&it.concession)),
        ("chosen amount", it.chosen_amount.map(|it| texts.money(currency, it)).unwrap_or_default()),
        ("news", if it.news { "yes" } else { "no" }.to_owned()),
        ("may be named", if it.named { "yes" } else { "no" }.to_owned()),
        ("heard of us", text(&it.heard_of_us)),
        ("language", it.language.own_name().to_owned()),
        ("agreed on", it.agreed.on.to_string()),
        ("house rules", text(&it.agreed.house_rules)),
        ("privacy notice", text(&it.agreed.privacy)),
    ];
    lines.extend(it.children.iter().map(|it| ("child", format!("{}, born {}", it.name, it.born))));
    lines.retain(|(_, value)| !value.is_empty());
    lines
}
