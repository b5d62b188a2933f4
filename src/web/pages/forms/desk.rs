//! What a form is filled in on: the records of a commit, the time, and who fills it in.

use std::cell::OnceCell;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use maud::Markup;

use super::wrong::{At as _, Wrong};
use crate::{
    app::{AppError, look_up, when, zone},
    domain::model::{Basis, FacilityFolder, Member, MemberId, Slot, Slug, Tier},
    store::Revision,
    web::{Site, fields::Fields, login::Visitor},
};

/// What a form is filled in on.
pub(super) struct Desk<'r> {
    pub(super) site: &'r Site,
    pub(super) head: Revision<'r>,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
    pub(super) visitor: &'r Visitor,
    basis: OnceCell<Basis>,
}

impl<'r> Desk<'r> {
    /// Takes the records of a commit, by default the newest one.
    ///
    /// # Errors
    /// There is no such commit, or it cannot be read.
    pub(super) fn at(
        site: &'r Site,
        visitor: &'r Visitor,
        commit: Option<&str>,
    ) -> Result<Self, AppError> {
        let commit = match commit {
            Some(text) => site.store.resolve(text)?,
            None => site.store.head()?,
        };
        let head = site.store.read(commit)?;
        let zone = zone::of(&head)?;
        Ok(Self { site, head, zone, now: site.now(), visitor, basis: OnceCell::new() })
    }

    /// Returns what belongs to no member, read once.
    pub(super) fn basis(&self) -> &Basis {
        self.basis.get_or_init(|| self.head.basis().0)
    }

    /// Returns the facilities with their names.
    pub(super) fn facilities(&self) -> Vec<(String, String)> {
        let name = |slug: &Slug, it: &FacilityFolder| {
            it.facility.get().map_or_else(|| slug.to_string(), |it| it.name.clone())
        };
        self.basis()
            .facilities
            .iter()
            .map(|(slug, it)| (slug.to_string(), name(slug, it)))
            .collect()
    }

    /// Returns the tiers with their names.
    pub(super) fn tiers(&self) -> Vec<(String, String)> {
        let named =
            |(slug, it): (&Slug, &Slot<Tier>)| Some((slug.to_string(), it.get()?.name.clone()));
        self.basis().tiers.iter().filter_map(named).collect()
    }

    /// Returns a line for a member, and below it who that is, once it is known.
    pub(super) fn member_line(
        &self,
        fields: &Fields,
        name: &str,
        label: &str,
        hint: &str,
    ) -> Markup {
        let found = fields.get(name).and_then(|text| look_up::member(&self.head, text).ok());
        match found {
            Some((id, member)) => fields.line(name, label, &format!("{id} {}", member.name)),
            None => fields.line(name, label, hint),
        }
    }

    /// Returns the number of the member in a field, if it is filled in.
    ///
    /// # Errors
    /// No member matches, or several do.
    pub(super) fn maybe_member(
        &self,
        fields: &Fields,
        name: &'static str,
    ) -> Result<Option<MemberId>, Wrong> {
        fields.get(name).map(|text| look_up::member_id(&self.head, text)).transpose().at(name)
    }

    /// Returns the member whom a form is about.
    ///
    /// # Errors
    /// The field is missing, or no member matches.
    pub(super) fn subject(&self, fields: &Fields) -> Result<(MemberId, Member), AppError> {
        let missing = || AppError::user("the member is missing");
        look_up::member(&self.head, fields.get("member").ok_or_else(missing)?)
    }

    /// Reads the day in a field, if it is filled in.
    ///
    /// # Errors
    /// It is not a day.
    pub(super) fn maybe_day(
        &self,
        fields: &Fields,
        name: &'static str,
    ) -> Result<Option<Date>, Wrong> {
        fields.get(name).map(|text| when::day(text, &self.zone, self.now)).transpose().at(name)
    }

    /// Reads the day in a field; today, if it is not filled in.
    ///
    /// # Errors
    /// It is not a day.
    pub(super) fn day(&self, fields: &Fields, name: &'static str) -> Result<Date, Wrong> {
        let today = self.now.to_zoned(self.zone.clone()).date();
        Ok(self.maybe_day(fields, name)?.unwrap_or(today))
    }
}
