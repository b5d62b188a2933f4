//! By what somebody pays, in a form: themselves, or by one of the payment processors.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{
    desk::Desk,
    wrong::{At as _, Wrong},
};
use crate::{
    config::ServicesConfig,
    domain::model::{Contact, Slug},
    web::fields::Fields,
};

/// The name of the field.
const NAME: &str = "pays_by";

/// Shows the processors of this machine to choose from, and the one by which somebody pays; nothing if there
/// is none.
pub(super) fn input(desk: &Desk<'_>, fields: &Fields, contact: &Contact) -> Markup {
    let known = ServicesConfig::of_machine().map(|it| it.processors).unwrap_or_default();
    let used = desk.head.contacts(|_| true).into_iter().filter_map(|(_, it)| it.pays_by);
    let names: BTreeSet<Slug> = known.into_keys().chain(used).collect();
    let mut fields = fields.clone();
    if !fields.is_ticked(NAME) {
        fields.set(NAME, contact.pays_by.as_ref().map_or("", |it| it.as_str()));
    }
    let by_hand = (String::new(), "by themselves".to_owned());
    let named = names.iter().map(|it| (it.to_string(), format!("by {it}")));
    let choices: Vec<(String, String)> = std::iter::once(by_hand).chain(named).collect();
    html! {
        @if choices.len() > 1 { (fields.choice(NAME, "Pays", &choices)) }
    }
}

/// Reads by what somebody pays; the outer `None` if that was not asked.
///
/// # Errors
/// It is not a name.
pub(super) fn read(fields: &Fields) -> Result<Option<Option<Slug>>, Wrong> {
    if !fields.is_ticked(NAME) {
        return Ok(None);
    }
    fields.get(NAME).map(str::parse).transpose().at(NAME).map(Some)
}
