//! What everybody may know about the space.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use serde::Deserialize;

use crate::domain::model::{Slug, text::shown};

/// What everybody may know about the space, as `spaceapi.json`.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicStatus {
    /// The address of the space's pages.
    pub url: String,
    /// The address of its logo.
    pub logo: String,
    /// How to reach it, by the names that SpaceAPI has: `email`, `phone`, `matrix` …
    pub contact: BTreeMap<String, String>,
    /// The street address.
    pub address: Option<String>,
    /// The latitude in degrees.
    pub lat: Option<f64>,
    /// The longitude in degrees.
    pub lon: Option<f64>,
    /// The country, as ISO 3166 abbreviates it in two letters.
    pub country_code: Option<String>,
    /// How to find the entrance.
    pub hint: Option<String>,
    /// The facilities that show whether the space is open: while one of them is held unlocked.
    #[serde(default)]
    pub open_while_held: BTreeSet<Slug>,
    /// A file that says `open` or `closed`, for a switch; it counts more than the doors.
    pub switch: Option<PathBuf>,
    /// Whether each door is locked.
    #[serde(default)]
    pub doors: bool,
    /// How many members there are.
    #[serde(default)]
    pub members: bool,
    /// How many people are in, as far as the doors can tell. What meters say is published if their
    /// records allow it.
    #[serde(default)]
    pub people: bool,
    /// What membership costs: the tiers that have a price.
    #[serde(default)]
    pub plans: bool,
}

/// The ways to reach a space that SpaceAPI has.
const CONTACTS: [&str; 15] = [
    "email",
    "facebook",
    "foursquare",
    "gopher",
    "identica",
    "irc",
    "issue_mail",
    "mastodon",
    "matrix",
    "ml",
    "mumble",
    "phone",
    "sip",
    "twitter",
    "xmpp",
];

// Degrees are read from a file and compared with nothing but themselves.
impl Eq for PublicStatus {}

impl PublicStatus {
    /// Returns what is wrong with it.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut find = |fault: String| faults.push(fault);
        if self.lat.is_some() != self.lon.is_some() {
            find("public: give both `lat` and `lon`, or neither".into());
        }
        for (key, url) in [("url", &self.url), ("logo", &self.logo)] {
            if !["https://", "http://"].iter().any(|it| url.starts_with(it)) {
                let url = shown(url);
                find(format!("public.{key}: `{url}` is not a URL that starts with https://"));
            }
        }
        for name in self.contact.keys() {
            if !CONTACTS.contains(&name.as_str()) && !name.starts_with("ext_") {
                let known = CONTACTS.join(", ");
                find(format!("public.contact.{}: give one of {known}, or ext_…", shown(name)));
            }
        }
        let is_code =
            |code: &String| code.len() == 2 && code.bytes().all(|it| it.is_ascii_uppercase());
        if self.country_code.as_ref().is_some_and(|code| !is_code(code)) {
            find("public.country_code: write two capital letters, like DE".into());
        }
        let degrees = [("lat", self.lat, 90.0), ("lon", self.lon, 180.0)];
        for (key, _, most) in degrees
            .iter()
            .filter(|(_, it, most)| it.is_some_and(|it| !(-most..=*most).contains(&it)))
        {
            find(format!("public.{key} is from -{most} to {most} degrees"));
        }
        if self.contact.is_empty() {
            find("public.contact is empty: give at least an `email`".into());
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        toml::from_str::<PublicStatus>(text).unwrap().faults().join("; ")
    }

    #[test]
    fn what_spaceapi_would_refuse_is_told() {
        let good = "url = \"https://a\"\nlogo = \"https://b\"\n";
        let email = "contact = { email = \"a@b\" }\n";
        assert_eq!(
            faults(&format!("{good}{email}lat = 51.5\nlon = -180.0\ncountry_code = \"DE\"")),
            ""
        );
        for (text, part) in [
            (format!("{good}contact = {{}}"), "public.contact is empty"),
            (format!("{good}contact = {{ keymasters = \"x\" }}"), "public.contact.keymasters"),
            (format!("{good}{email}lat = 1.0"), "both `lat` and `lon`"),
            (format!("{good}{email}lat = nan\nlon = 1.0"), "public.lat is from -90"),
            (format!("{good}{email}lat = 1.0\nlon = 181.0"), "public.lon is from -180"),
            (format!("{good}{email}country_code = \"de\""), "country_code"),
            (format!("url = \"x\"\nlogo = \"https://b\"\n{email}"), "public.url"),
        ] {
            assert!(faults(&text).contains(part), "{text}: {}", faults(&text));
        }
    }
}
