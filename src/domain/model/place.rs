//! Where each record lies: the layout of the data folder, both ways.

use std::fmt;

use super::{MemberId, NoticeKind, Slug, Tag, TemplateForm};

/// Which record a file is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// `space.json`
    Space,
    /// `tiers/standard.json`
    Tier(Slug),
    /// `facilities/frontdoor/facility.json`
    Facility(Slug),
    /// `facilities/frontdoor/requirements/<tag>.json`
    Requirement(Slug, Tag),
    /// `members/00/0042/member.json`
    Member(MemberId),
    /// `members/00/0042/contact.json`
    Contact(MemberId),
    /// `members/00/0042/credentials/<tag>.json`
    Credential(MemberId, Tag),
    /// `members/00/0042/inductions/<facility>.json`
    Induction(MemberId, Slug),
    /// `members/00/0042/payments/<date>-<id>.json`
    Payment(MemberId, Tag),
    /// `members/00/0042/notices/<kind>.json`
    Notice(MemberId, NoticeKind),
    /// `unmatched/<year>/<id>.json`
    Unmatched(i16, Tag),
    /// `payers/<id>.json`
    Payer(Tag),
    /// `statement-profiles/<name>.json`
    Profile(Slug),
    /// `notices/<kind>.json`: what was told those who run the space
    SpaceNotice(NoticeKind),
    /// `templates/<kind>.txt`, or `.html`
    Template(NoticeKind, TemplateForm),
}

/// The folders at the top that hold records, and nothing but records.
pub const FOLDERS: [&str; 8] = [
    "facilities",
    "members",
    "notices",
    "payers",
    "statement-profiles",
    "templates",
    "tiers",
    "unmatched",
];

impl Place {
    /// Returns the member in whose folder the record lies.
    #[must_use]
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member(id)
            | Self::Contact(id)
            | Self::Credential(id, _)
            | Self::Induction(id, _)
            | Self::Payment(id, _)
            | Self::Notice(id, _) => Some(*id),
            _ => None,
        }
    }

    /// Returns the facility in whose folder the record lies.
    #[must_use]
    pub const fn facility(&self) -> Option<&Slug> {
        match self {
            Self::Facility(name) | Self::Requirement(name, _) => Some(name),
            _ => None,
        }
    }

    /// Finds out which record a path is, `/` between its parts.
    ///
    /// Returns nothing for a file that is none of ours, such as `README.md`: whatever lies
    /// outside [`FOLDERS`] and is no `.json` file.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the name or the folder.
    pub fn of(path: &str) -> Result<Option<Self>, String> {
        let parts: Vec<&str> = path.split('/').collect();
        let stem = |name: &str| name.strip_suffix(".json").map(str::to_owned);
        let place = match parts.as_slice() {
            ["space.json"] => Self::Space,
            ["tiers", file] => match stem(file) {
                Some(name) => Self::Tier(name.parse()?),
                None => return Err(stray(path)),
            },
            ["facilities", name, "facility.json"] => Self::Facility(name.parse()?),
            ["facilities", name, "requirements", file] => match stem(file) {
                Some(tag) => Self::Requirement(name.parse()?, tag.parse()?),
                None => return Err(stray(path)),
            },
            ["members", bucket, id, rest @ ..] => {
                return in_member(path, bucket, id, rest).map(Some);
            }
            ["unmatched", year, file] => match (year.parse(), stem(file)) {
                (Ok(year), Some(id)) if (1900..2200).contains(&year) => {
                    Self::Unmatched(year, id.parse()?)
                }
                _ => return Err(stray(path)),
            },
            ["payers", file] => match stem(file) {
                Some(id) => Self::Payer(id.parse()?),
                None => return Err(stray(path)),
            },
            ["statement-profiles", file] => match stem(file) {
                Some(name) => Self::Profile(name.parse()?),
                None => return Err(stray(path)),
            },
            ["notices", file] => match stem(file) {
                Some(kind) => Self::SpaceNotice(kind.parse()?),
                None => return Err(stray(path)),
            },
            ["templates", file] => match TemplateForm::ALL.iter().find_map(|form| {
                Some((file.strip_suffix(&format!("{form}"))?.strip_suffix('.')?, *form))
            }) {
                Some((kind, form)) => Self::Template(kind.parse()?, form),
                None => return Err(stray(path)),
            },
            [] => return Ok(None),
            [first, rest @ ..] => {
                let json = parts.last().is_some_and(|name| name.ends_with(".json"));
                let ours = !rest.is_empty() && FOLDERS.contains(first);
                let hidden = first.starts_with('.');
                return if ours || (json && !hidden) { Err(stray(path)) } else { Ok(None) };
            }
        };
        Ok(Some(place))
    }
}

fn in_member(path: &str, bucket: &str, id: &str, rest: &[&str]) -> Result<Place, String> {
    let parsed: MemberId = id.parse()?;
    if parsed.to_string() != id {
        return Err(format!("the member folder `{id}` is written `{parsed}`"));
    }
    if parsed.bucket() != bucket {
        return Err(format!("member {id} belongs into members/{}/{id}", parsed.bucket()));
    }
    let place = match rest {
        ["member.json"] => Place::Member(parsed),
        ["contact.json"] => Place::Contact(parsed),
        [folder, file] => {
            let name = file.strip_suffix(".json").ok_or_else(|| stray(path))?;
            match *folder {
                "credentials" => Place::Credential(parsed, name.parse()?),
                "inductions" => Place::Induction(parsed, name.parse()?),
                "payments" => Place::Payment(parsed, name.parse()?),
                "notices" => Place::Notice(parsed, name.parse()?),
                _ => return Err(stray(path)),
            }
        }
        _ => return Err(stray(path)),
    };
    Ok(place)
}

fn stray(path: &str) -> String {
    format!(
        "no record belongs at {}; see the list of files in README.md, section Data",
        super::text::shown(path)
    )
}

impl fmt::Display for Place {
    /// Writes the path from the top of the data folder, `/` between its parts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let home = |id: &MemberId| format!("members/{}/{id}", id.bucket());
        match self {
            Self::Space => f.write_str("space.json"),
            Self::Tier(name) => write!(f, "tiers/{name}.json"),
            Self::Facility(name) => write!(f, "facilities/{name}/facility.json"),
            Self::Requirement(name, tag) => write!(f, "facilities/{name}/requirements/{tag}.json"),
            Self::Member(id) => write!(f, "{}/member.json", home(id)),
            Self::Contact(id) => write!(f, "{}/contact.json", home(id)),
            Self::Credential(id, tag) => write!(f, "{}/credentials/{tag}.json", home(id)),
            Self::Induction(id, name) => write!(f, "{}/inductions/{name}.json", home(id)),
            Self::Payment(id, name) => write!(f, "{}/payments/{name}.json", home(id)),
            Self::Unmatched(year, id) => write!(f, "unmatched/{year:04}/{id}.json"),
            Self::Payer(id) => write!(f, "payers/{id}.json"),
            Self::Profile(name) => write!(f, "statement-profiles/{name}.json"),
            Self::Notice(id, kind) => write!(f, "{}/notices/{kind}.json", home(id)),
            Self::SpaceNotice(kind) => write!(f, "notices/{kind}.json"),
            Self::Template(kind, form) => write!(f, "templates/{kind}.{form}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_path() {
        for path in [
            "space.json",
            "tiers/standard.json",
            "facilities/frontdoor/facility.json",
            "facilities/frontdoor/requirements/556aba4d-4d5f-4779-a914-d80e73b2696b.json",
            "members/00/0042/member.json",
            "members/1234/123456/contact.json",
            "members/38/3870/credentials/T1.json",
            "members/38/3870/inductions/laser.json",
            "members/38/3870/payments/2018-05-09-x1.json",
            "unmatched/2018/abc.json",
            "payers/0123abcd.json",
            "statement-profiles/our-bank.json",
            "members/38/3870/notices/reminder.json",
            "notices/review.json",
            "templates/reminder.txt",
            "templates/reminder.html",
        ] {
            assert_eq!(Place::of(path).unwrap().unwrap().to_string(), path);
        }
    }

    #[test]
    fn a_file_in_the_wrong_folder_is_refused_with_a_sentence() {
        for path in [
            "members/01/0042/member.json",
            "members/00/42/member.json",
            "members/00/0042/credential/x.json",
            "members/00/0042/notes.txt",
            "members/0042.json",
            "facilities/frontdoor.json",
            "facilities/Front Door/facility.json",
            "tiers/standard.yaml",
            "tiers/a/b.json",
            "standard.json",
            "docs/extra.json",
            "unmatched/abcd/x.json",
            "templates/remindr.txt",
            "templates/reminder.json",
            "members/00/0042/notices/hello.json",
        ] {
            assert!(Place::of(path).is_err(), "{path}");
        }
    }

    #[test]
    fn what_is_none_of_ours_is_left_alone() {
        for path in ["README.md", ".github/workflows/x.json", "docs/rules.md", "members"] {
            assert_eq!(Place::of(path), Ok(None), "{path}");
        }
    }
}
