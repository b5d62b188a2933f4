//! Every kind of record, defined once in the table at the end of this file.
//!
//! A row gives the name of a kind, the keys that tell its records apart, the type of its content,
//! its path, whose folder it lies in, and how fields of a newer format are treated (`Newer` in
//! `format.rs`). The keys are the `{…}` of the path, in order; each has a type that can be read
//! from a path (`PathKey` in `path.rs`).
//!
//! A new kind is a new row. Whatever else the kind needs (its checks in `check::record`) is
//! enforced by the compiler.

use std::{collections::BTreeMap, fmt};

use schemars::{Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeSeed};
use serde_json::{Value, json};

use super::{
    Channel, Contact, Credential, Facility, Home, Induction, Language, Member, MemberId,
    MemberMessages, Meter, Newer, Notice, NoticeKind, Payer, Payment, Requirement, Slug, Space,
    SpreadTag, StatementProfile, Tag, TagMessages, Template, TemplateForm, Tier, Transaction, Zone,
    path::{InPath, PathKey, Pattern},
    text_schema,
};

/// A kind of record.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    name: &'static str,
    path: &'static str,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Kind {
    /// Returns the word for it: `space-notice`.
    #[must_use]
    pub fn word(&self) -> String {
        let mut word = String::new();
        for letter in self.name.chars() {
            if letter.is_ascii_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.push(letter.to_ascii_lowercase());
        }
        word
    }

    /// Returns the path of its records, with `{…}` for the keys.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Tells whether its records are JSON, and not plain text.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.path.ends_with(".json")
    }

    /// Returns the schema of its records, as they are read.
    #[must_use]
    pub fn schema(&self) -> Schema {
        let mut schema = (self.schema)(&mut text_schema::settings().into_generator());
        if let Some(Value::Object(fields)) = schema.get_mut("properties") {
            let about = "Where this schema is; it may only be the first field.";
            let link = json!({ "type": "string", "description": about });
            fields.insert("$schema".to_owned(), link);
        }
        schema
    }
}

/// Returns the last name of a key in a path: a member's folder is two names, `00/0042`.
fn last_name(key: &str) -> String {
    key.rsplit('/').next().unwrap_or_default().to_owned()
}

macro_rules! kinds {
    ($(
        $kind:ident $(( $($key:ident: $of:ident),+ ))? holds $record:ident
            at $path:literal in $home:expr, newer fields $newer:ident;
    )+) => {
        /// Which record a file is.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum RecordPath {
            $(#[doc = concat!("`", $path, "`")] $kind $(( $($of),+ ))?,)+
        }

        /// The content of one file.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize)]
        #[serde(untagged)]
        pub enum Record {
            $(#[doc = concat!("What lies at `", $path, "`.")] $kind($record),)+
        }

        /// A record together with its place, both of one kind.
        #[derive(Clone, Copy, Debug)]
        pub enum LocatedRecord<'a> {
            $(#[doc = concat!("What lies at `", $path, "`.")]
            $kind($($(&'a $of,)+)? &'a $record),)+
        }

        impl<'a> LocatedRecord<'a> {
            /// Joins a record with its path; `None` if they are of different kinds.
            #[must_use]
            pub const fn new(record_path: &'a RecordPath, record: &'a Record) -> Option<Self> {
                match (record_path, record) {
                    $((RecordPath::$kind $(( $($key),+ ))?, Record::$kind(it)) => {
                        Some(Self::$kind($($($key,)+)? it))
                    })+
                    _ => None,
                }
            }
        }

        impl RecordPath {
            /// The path of each kind, with `{…}` for the keys.
            pub const PATTERNS: &[&str] = &[$($path),+];

            /// Every kind of record, with its schema.
            pub const KINDS: &[Kind] = &[$(Kind {
                name: stringify!($kind),
                path: $path,
                schema: |generator| generator.root_schema_for::<$record>(),
            }),+];

            /// The number of names that each key in such a path takes.
            pub(super) const NAMES: &[&[usize]] =
                &[$(&[$($(<$of as PathKey>::NAMES),+)?]),+];

            /// Returns the kind of the record.
            #[must_use]
            pub fn kind(&self) -> Kind {
                let at = match self {
                    $(Self::$kind { .. } => stringify!($kind),)+
                };
                let found = Self::KINDS.iter().find(|it| it.name == at);
                *found.expect("the table has every kind")
            }

            /// Returns what tells the record from others of its kind, by the names of its path's `{…}`.
            #[must_use]
            pub fn keys(&self) -> BTreeMap<&'static str, String> {
                match self {
                    $(Self::$kind $(( $($key),+ ))? => BTreeMap::from([
                        $($((stringify!($key), last_name(&InPath($key).to_string()))),+)?
                    ]),)+
                }
            }

            /// Returns whose folder the record lies in.
            #[must_use]
            #[allow(unused_variables, reason = "at most one key of a path says whose folder it is")]
            pub const fn home(&self) -> Home<'_> {
                match self {
                    $(Self::$kind $(( $($key),+ ))? => $home,)+
                }
            }

            /// Returns how fields of a newer format in this record are treated.
            #[must_use]
            pub const fn newer_fields(&self) -> Newer {
                match self {
                    $(Self::$kind { .. } => Newer::$newer,)+
                }
            }

            /// Reads a path.
            ///
            /// # Errors
            /// A sentence about a name in it that is not valid; `None` if no kind has such a path.
            pub(super) fn read(path: &str) -> Result<Self, Option<String>> {
                $(
                    let pattern = const { Pattern::new($path, [$($($of::NAMES),+)?]) };
                    if let Some(holes) = pattern.holes(path) {
                        let [$($($key),+)?] = holes;
                        $(
                            $(let $key = $of::read($key);)+
                            // A path of no kind takes precedence over an invalid name.
                            $(if let Err(None) = $key {
                                return Err(None);
                            })+
                        )?
                        return Ok(Self::$kind $(( $($key?),+ ))?);
                    }
                )+
                Err(None)
            }
        }

        impl fmt::Display for RecordPath {
            /// Writes the path from the top of the data folder, `/` between its parts.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind $(( $($key),+ ))? => {
                        $($(let $key = InPath($key);)+)?
                        write!(f, $path)
                    })+
                }
            }
        }

        /// Reads a record of the kind that belongs at this path.
        impl<'de> DeserializeSeed<'de> for &RecordPath {
            type Value = Record;

            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Record, D::Error> {
                match self {
                    $(RecordPath::$kind { .. } => $record::deserialize(from).map(Record::$kind),)+
                }
            }
        }
    };
}

kinds! {
    // Ignored: settings let nobody in, and without them no commit can be used and everybody stays
    // out.
    Space holds Space
        at "space.json" in Home::Space,
        newer fields Ignored;
    // Refused: a newer tier may be limited to certain hours, or owe dues in another way than by
    // `price`.
    Tier(name: Slug) holds Tier
        at "tiers/{name}.json" in Home::Space,
        newer fields Refused;
    // Refused: a new field is most likely one more thing that the facility demands.
    Facility(facility: Slug) holds Facility
        at "facilities/{facility}/facility.json" in Home::Facility(facility),
        newer fields Refused;
    // Refused: a new field is most likely one more condition.
    Requirement(facility: Slug, tag: Tag) holds Requirement
        at "facilities/{facility}/requirements/{tag}.json" in Home::Facility(facility),
        newer fields Refused;
    // The folder of a member is two names: `members/00/0042`.
    // Refused: `left` and `suspended` are here, and any new way to shut somebody out would be too.
    Member(member: MemberId) holds Member
        at "members/{member}/member.json" in Home::Member(*member),
        newer fields Refused;
    // Ignored: no decision looks at it.
    Contact(member: MemberId) holds Contact
        at "members/{member}/contact.json" in Home::Member(*member),
        newer fields Ignored;
    // Refused: a new field, also of a grant, may limit what it opens.
    Credential(member: MemberId, tag: Tag) holds Credential
        at "members/{member}/credentials/{tag}.json" in Home::Member(*member),
        newer fields Refused;
    // Refused: a newer induction may expire, or cover only a part of the facility.
    Induction(member: MemberId, facility: Slug) holds Induction
        at "members/{member}/inductions/{facility}.json" in Home::Member(*member),
        newer fields Refused;
    // Named `<date>-<id>`.
    // Ignored: the door uses `paid_until`, which is written along with the payment.
    Payment(member: MemberId, name: Tag) holds Payment
        at "members/{member}/payments/{name}.json" in Home::Member(*member),
        newer fields Ignored;
    // Ignored, like all that follow: money and text, which no decision looks at.
    Notice(member: MemberId, kind: NoticeKind) holds Notice
        at "members/{member}/notices/{kind}.json" in Home::Member(*member),
        newer fields Ignored;
    Unmatched(year: i16, id: Tag) holds Transaction
        at "unmatched/{year}/{id}.json" in Home::Space,
        newer fields Ignored;
    Payer(id: Tag) holds Payer
        at "payers/{id}.json" in Home::Space,
        newer fields Ignored;
    Profile(name: Slug) holds StatementProfile
        at "statement-profiles/{name}.json" in Home::Space,
        newer fields Ignored;
    // Notices to the people who run the space.
    SpaceNotice(kind: NoticeKind) holds Notice
        at "notices/{kind}.json" in Home::Space,
        newer fields Ignored;
    Template(kind: NoticeKind, form: TemplateForm) holds Template
        at "templates/{kind}.{form}" in Home::Space,
        newer fields Ignored;
    // In another language than the settings name.
    TranslatedTemplate(language: Language, kind: NoticeKind, form: TemplateForm) holds Template
        at "templates/{language}/{kind}.{form}" in Home::Space,
        newer fields Ignored;
    // What messages have said; a bridge writes it for itself.
    TagMessages(tag: SpreadTag) holds TagMessages
        at "messages/tags/{tag}.json" in Home::Space,
        newer fields Ignored;
    MemberMessages(member: MemberId) holds MemberMessages
        at "messages/members/{member}.json" in Home::Space,
        newer fields Ignored;
    // What the building measures and how warm it should be; no decision looks at it.
    Meter(name: Slug) holds Meter
        at "meters/{name}.json" in Home::Space,
        newer fields Ignored;
    Zone(name: Slug) holds Zone
        at "zones/{name}.json" in Home::Space,
        newer fields Ignored;
    // Refused: a newer channel may be for fewer people, or say less about them.
    Channel(name: Slug) holds Channel
        at "channels/{name}.json" in Home::Space,
        newer fields Refused;
}
