//! `open?`: whether the space is open to everybody.

use jiff::Timestamp;

use super::Desk;
use crate::{
    app::{AppError, why::index_members},
    control::{self, Request},
    domain::{access::Demand, model::Slug},
    store::Revision,
};

impl Desk {
    /// Says which facilities stand unlocked: by their doors or, where none answers, by the requirements.
    pub(super) fn open(&self, head: &Revision<'_>, now: Timestamp) -> Result<String, AppError> {
        let doors = self.held();
        let index = index_members(head, Vec::new(), now);
        let (basis, _) = head.basis();
        let mut open = Vec::new();
        for (name, folder) in &basis.facilities {
            let mut own = doors.iter().filter(|(facility, _)| facility == name).peekable();
            let is_open = match own.peek() {
                Some(_) => own.any(|(_, held)| *held),
                None => index.demand(name, now) == Demand::Held,
            };
            if let (true, Some(facility)) = (is_open, folder.facility.get()) {
                open.push(facility.name.clone());
            }
        }
        Ok(match open.is_empty() {
            true => "The space is not open to everybody now; members come in as always.".to_owned(),
            false => format!("Open to everybody: {}.", open.join(", ")),
        })
    }

    /// Asks the running doors which facilities they hold unlocked.
    fn held(&self) -> Vec<(Slug, bool)> {
        let answers = self.doors.iter().filter_map(|it| control::ask(it, &Request::Status {}).ok());
        let rows = answers.flat_map(|it| it["doors"].as_array().cloned().unwrap_or_default());
        let row = |row: serde_json::Value| {
            Some((row["facility"].as_str()?.parse().ok()?, row["state"].as_str()? == "held"))
        };
        rows.filter_map(row).collect()
    }
}
