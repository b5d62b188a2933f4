//! The stable names of all findings, which scripts rely on.

use std::{borrow::Cow, cmp::Ordering, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, de::Error as _};

macro_rules! codes {
    (
        checks { $($check:ident $check_word:literal $check_what:literal,)* }
        others { $($other:ident $other_word:literal $other_what:literal,)* }
    ) => {
        /// What kind of problem was found. Codes are sorted and written by their words.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum FindingCode {
            $(#[doc = $check_what] $check,)*
            $(#[doc = $other_what] $other,)*
        }

        impl FindingCode {
            /// The codes that `check` reports; each has a broken example in `tests/check/`.
            pub const CHECKS: &[Self] = &[$(Self::$check),*];

            /// The codes reported while reading files, records, journals and configurations.
            pub const OTHERS: &[Self] = &[$(Self::$other),*];

            /// Returns the word for it: `duplicate-code`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$check => $check_word,)*
                    $(Self::$other => $other_word,)*
                }
            }
        }
    };
}

codes! {
    checks {
        AmbiguousTimespec "ambiguous-timespec" "A timespec can be understood in two ways.",
        BadAddress "bad-address" "The address of a page is not valid.",
        BadChannel "bad-channel" "A channel of a chat cannot be as it says.",
        BadCurrency "bad-currency" "The currency does not exist.",
        BadDate "bad-date" "A date is implausible.",
        BadDayForm "bad-day-form" "The form in which letters write a day cannot be used.",
        BadEmail "bad-email" "An e-mail address is not valid.",
        BadMeter "bad-meter" "A meter cannot be read, or its numbers make no sense.",
        BadParent "bad-parent" "A parent cannot answer for a child.",
        BadPrefix "bad-prefix" "The prefix of bank references is not valid.",
        BadPrice "bad-price" "The price of a tier makes no sense.",
        BadProfile "bad-profile" "A statement profile cannot be used.",
        BadSplit "bad-split" "The parts of a transfer do not add up.",
        BadTemplate "bad-template" "A template cannot be filled in.",
        BadText "bad-text" "A text is empty, too long, or has control characters.",
        BadTimespec "bad-timespec" "A timespec cannot be evaluated.",
        BadWindow "bad-window" "A grant ends before it begins.",
        BadZone "bad-zone" "A zone cannot be heated as it says.",
        DuplicateCode "duplicate-code" "Two members hold the same fob or passcode.",
        DuplicateGrant "duplicate-grant" "A facility is granted twice for the same time.",
        DuplicateTag "duplicate-tag" "Two records have the same tag.",
        FacilityInUse "facility-in-use" "A removed facility is still referred to.",
        InductionCycle "induction-cycle" "Facilities demand each other's induction first.",
        LeftBeforeJoined "left-before-joined" "A member left before joining.",
        LowPriority "low-priority" "A grant has a priority below one.",
        NegativeAmount "negative-amount" "An amount is below zero.",
        NoFacilityRecord "no-facility-record" "A facility's folder has no `facility.json`.",
        NoGrants "no-grants" "A credential opens nothing.",
        NoMemberRecord "no-member-record" "A member's folder has no `member.json`.",
        NoSpaceRecord "no-space-record" "The settings of the space are missing.",
        NotInductor "not-inductor" "An induction was given by somebody who is not an inductor.",
        NumberOutOfRange "number-out-of-range" "A number is out of range.",
        OverBudget "over-budget" "There is more of something than a space may have.",
        OverlapsOpenHouse "overlaps-open-house" "An open house overlaps a requirement above zero.",
        PaidUntil "paid-until" "`paid_until` disagrees with the payments.",
        ParentInUse "parent-in-use" "A removed member is a parent.",
        PointlessArm "pointless-arm" "`arm` is set where nothing is held unlocked.",
        SuspensionEnd "suspension-end" "A suspension ends before it begins, or never began.",
        TierInUse "tier-in-use" "A removed tier still has members.",
        TinyAmount "tiny-amount" "An amount is so small that it was probably meant in major units.",
        UncoveredChild "uncovered-child" "The parent of a child has left or is suspended.",
        UnknownFacility "unknown-facility" "A named facility does not exist.",
        UnknownInductor "unknown-inductor" "An induction was given by an unknown member.",
        UnknownMember "unknown-member" "A named member does not exist.",
        UnknownTier "unknown-tier" "A named tier does not exist.",
        UnknownTransaction "unknown-transaction" "A named transaction is not on record.",
        UnknownTimeZone "unknown-time-zone" "The time zone does not exist.",
        UnknownZone "unknown-zone" "A named zone does not exist.",
        UnportableName "unportable-name" "Other systems cannot check out a file of this name.",
        WrongKind "wrong-kind" "The kind of a record does not match its path.",
        WrongName "wrong-name" "The name of a file does not match its content.",
        ZeroAmount "zero-amount" "An amount is zero.",
        ZoneInUse "zone-in-use" "A removed zone is still referred to.",
    }
    others {
        BackdatedCommit "backdated-commit" "A commit is dated before its parent.",
        BadBridge "bad-bridge" "The configuration of the bridge cannot work.",
        BadBuilding "bad-building" "The configuration of the building cannot work.",
        BadGuard "bad-guard" "The configuration of the guard cannot be trusted, or exceeds what may be.",
        BadServices "bad-services" "The configuration of outside services cannot work.",
        BadWeb "bad-web" "The configuration of the web cannot work, or would let a password be read.",
        BadMail "bad-mail" "The mail configuration cannot work.",
        BadWiring "bad-wiring" "The configuration of doors and devices cannot work.",
        Brake "brake" "A change takes access from many, and nobody confirmed it.",
        Damaged "damaged" "An object in the repository is damaged.",
        DamagedMonth "damaged-month" "A compressed month of the journal is damaged.",
        DeletedBranch "deleted-branch" "A push would delete the branch of the space.",
        DuplicateKey "duplicate-key" "An object has the same key twice.",
        Executable "executable" "A record is marked as executable.",
        FutureCommit "future-commit" "A commit is dated in the future.",
        Key "key" "The space's key cannot be read.",
        Misplaced "misplaced" "A file lies where no record belongs.",
        Missing "missing" "A required file is missing.",
        MissingField "missing-field" "A field is missing.",
        NewerField "newer-field" "A field of a newer format is ignored.",
        NewerFormat "newer-format" "The data has a newer format than the program knows.",
        NoConfig "no-config" "The configuration cannot be read.",
        NoJson "no-json" "A record is not valid JSON.",
        NoPlainFile "no-plain-file" "A record is a link or a folder.",
        NoText "no-text" "A text is not UTF-8.",
        NoUtf8Name "no-utf8-name" "The name of a file is not UTF-8.",
        OddTree "odd-tree" "A folder is stored as git would not have written it.",
        OrphanRoot "orphan-root" "A commit starts a separate history.",
        OutdatedIndex "outdated-index" "git's index has an older version of a record than the newest commit.",
        RewrittenHistory "rewritten-history" "A push would lose commits of the branch.",
        ServiceDiffers "service-differs" "An outside service does not agree with the records.",
        TimeZone "time-zone" "The time zone is unknown to the door.",
        Timespec "timespec" "A timespec cannot be evaluated at the door.",
        TooLarge "too-large" "A file is larger than a record may be.",
        TornLine "torn-line" "A line of the journal is incomplete.",
        UnknownField "unknown-field" "A field does not exist.",
        WrongType "wrong-type" "A value has the wrong type.",
        WrongValue "wrong-value" "A value is not allowed in its field.",
    }
}

impl Ord for FindingCode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for FindingCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for FindingCode {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let mut all = Self::CHECKS.iter().chain(Self::OTHERS);
        let found = all.find(|code| code.as_str() == word).copied();
        found.ok_or_else(|| format!("`{}` is not a finding code", super::text::shown(word)))
    }
}

impl JsonSchema for FindingCode {
    fn schema_name() -> Cow<'static, str> {
        "FindingCode".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut all: Vec<Self> = Self::CHECKS.iter().chain(Self::OTHERS).copied().collect();
        all.sort();
        json_schema!({
            "type": "string",
            "enum": all,
            "description": "The stable name of what was found.",
        })
    }
}

impl Serialize for FindingCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for FindingCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        word.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<FindingCode> {
        FindingCode::CHECKS.iter().chain(FindingCode::OTHERS).copied().collect()
    }

    #[test]
    fn codes_are_written_in_kebab_case_and_read_again() {
        for code in all() {
            // `NoUtf8Name` is `no-utf8-name`.
            let mut word = String::new();
            for c in format!("{code:?}").chars() {
                if c.is_ascii_uppercase() && !word.is_empty() {
                    word.push('-');
                }
                word.push(c.to_ascii_lowercase());
            }
            assert_eq!(code.as_str(), word);
            assert_eq!(word.parse(), Ok(code));
            let json = serde_json::to_string(&code).unwrap();
            assert_eq!(json, format!("\"{word}\""));
            assert_eq!(serde_json::from_str::<FindingCode>(&json).unwrap(), code);
        }
        assert!("duplicate-cod".parse::<FindingCode>().is_err());
    }

    #[test]
    fn codes_sort_by_their_words() {
        let mut codes = all();
        codes.sort();
        assert!(codes.is_sorted_by_key(|code| code.as_str()));
    }
}
