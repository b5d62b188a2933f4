//! The variables that a template can use, with an example of each.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::domain::model::{Language, NoticeKind};

/// Everything that a template may name; a variable that does not apply to its kind is undefined.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each field is what its type says")]
pub struct Facts {
    /// The local day on which the letter is written.
    pub today: Date,
    /// Whether it is written in a chat, where nobody reads an answer, and not in a letter.
    pub chat: bool,
    pub space: SpaceFacts,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dues: Option<DuesFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<CoverFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminder: Option<ReminderFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<FailedFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub induction: Option<InductionFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<CredentialFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm: Option<AlarmFacts>,
    /// The monthly review, in the form of `space report review --json`; `| money` formats its
    /// amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Value>,
}

/// The space.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct SpaceFacts {
    pub name: String,
    pub currency: String,
    pub payment_details: Option<String>,
    /// The page on which members say by what a payment processor takes their dues.
    pub pay_page: Option<String>,
    /// Who the letters are from, in words: the signature of the settings, or else the name.
    pub signature: String,
    /// How days are written, if the settings say so.
    #[serde(skip)]
    pub day_form: Option<String>,
    /// The language of the letter.
    #[serde(skip)]
    pub language: Language,
}

/// The recipient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct MemberFacts {
    pub number: String,
    pub name: String,
    /// The payment reference: `SM0042`.
    pub reference: String,
    /// The display name of the tier.
    pub tier: String,
    /// Whether a payment processor takes the dues.
    pub collected: bool,
    pub joined: Date,
    /// The children who are covered by this member, in a welcome.
    pub children: Vec<ChildFacts>,
    /// The display names of the facilities whose inductions come first, in a welcome.
    pub inductions: Vec<String>,
}

/// A child of the recipient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct ChildFacts {
    pub number: String,
    pub name: String,
}

/// What the member owes. Amounts are text in major units: `25.00`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DuesFacts {
    /// The dues of a month.
    pub amount: String,
    /// The price of a whole year at once, if there is one.
    pub year: Option<String>,
    /// Whether anything is owed.
    pub owed: bool,
    /// The steps of the calculation.
    pub lines: Vec<LineFacts>,
}

/// One step of the calculation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each field is named like the field of the step")]
pub struct LineFacts {
    /// Which step it is: `price`, `children`, `concession`, `minimum`, `chosen`, `nothing`.
    pub part: String,
    pub what: String,
    pub amount: String,
}

/// Until when the member is covered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct CoverFacts {
    /// The first day that is not paid for.
    pub paid_until: Option<Date>,
    /// The first day on which the doors stay shut.
    pub ends: Option<Date>,
    /// The number of days left until the end of the paid time; negative after it.
    pub days_left: Option<i64>,
}

/// Which reminder it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ReminderFacts {
    /// The number of this reminder, counted from 1.
    pub step: usize,
    /// The number of reminders in all.
    pub steps: usize,
    /// Whether it is the last.
    pub last: bool,
}

/// A payment received.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct PaymentFacts {
    pub date: Date,
    pub amount: String,
    pub months: u16,
    /// Whether nothing was paid, since the months are a gift.
    pub gift: bool,
    /// Whether it is the first payment of all; otherwise it is the first after a lapse.
    pub first: bool,
}

/// A payment that a payment processor could not take.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct FailedFacts {
    /// The day.
    pub date: Date,
    /// What was to be taken, if that is known.
    pub amount: Option<String>,
    /// The words of the processor.
    pub why: String,
}

/// The dues before a change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say what they are")]
pub struct ChangeFacts {
    pub before: String,
    pub after: String,
}

/// An induction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct InductionFacts {
    /// The display name of the facility.
    pub facility: String,
    pub on: Date,
    /// The name of the inductor, if known.
    pub by: Option<String>,
    pub inductor: bool,
}

/// A credential; never its code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct CredentialFacts {
    /// `fob` or `passcode`.
    pub kind: String,
    /// The tag by which it is revoked.
    pub tag: String,
    /// The display names of the facilities that it opens.
    pub facilities: Vec<String>,
}

/// An alarm of the building. Times are local, as text: `2026-01-15 18:00`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct AlarmFacts {
    /// The kind: `meter-high`.
    pub kind: String,
    /// The meter, zone or door, if there are several.
    pub subject: Option<String>,
    /// What is wrong, or was.
    pub words: String,
    /// Since when it has been so.
    pub since: String,
    /// Whether it has ended.
    pub over: bool,
    /// When it ended, if it has.
    pub until: Option<String>,
}

impl Facts {
    /// Returns an example of the facts for a kind of template.
    #[must_use]
    pub fn sample(kind: NoticeKind) -> Self {
        use NoticeKind as K;
        let day = date(2026, 3, 1);
        let dues = DuesFacts {
            amount: "25.00".into(),
            year: Some("270.00".into()),
            owed: true,
            lines: vec![LineFacts {
                part: "price".into(),
                what: "tier Standard".into(),
                amount: "25.00".into(),
            }],
        };
        let space = SpaceFacts {
            name: "Tool Shed".into(),
            currency: "GBP".into(),
            payment_details: Some("Account 12345678, sort code 00-00-00".into()),
            pay_page: Some("https://space.example.org/profile/pay".into()),
            signature: "Joan Clarke, treasurer".into(),
            day_form: None,
            language: Language::English,
        };
        let of = |wanted: K| kind == wanted;
        let to_a_member = !of(K::Review) && !of(K::Alarm);
        Self {
            today: date(2026, 2, 22),
            chat: false,
            space,
            member: to_a_member.then(|| MemberFacts {
                number: "0042".into(),
                name: "Ada Lovelace".into(),
                reference: "SM0042".into(),
                tier: "Standard".into(),
                collected: of(K::PaymentFailed),
                joined: date(2026, 1, 5),
                children: vec![ChildFacts { number: "0043".into(), name: "Byron King".into() }],
                inductions: vec!["Health and safety".into()],
            }),
            dues: to_a_member.then_some(dues),
            cover: to_a_member.then_some(CoverFacts {
                paid_until: Some(day),
                ends: Some(date(2026, 3, 15)),
                days_left: Some(7),
            }),
            reminder: of(K::Reminder).then_some(ReminderFacts { step: 1, steps: 3, last: false }),
            payment: of(K::PaymentReceived).then(|| PaymentFacts {
                date: day,
                amount: "25.00".into(),
                months: 1,
                gift: false,
                first: true,
            }),
            failed: of(K::PaymentFailed).then(|| FailedFacts {
                date: date(2026, 2, 20),
                amount: Some("25.00".into()),
                why: "Your card has insufficient funds.".into(),
            }),
            change: of(K::DuesChanged)
                .then(|| ChangeFacts { before: "25.00".into(), after: "30.00".into() }),
            induction: of(K::InductionRecorded).then(|| InductionFacts {
                facility: "Laser cutter".into(),
                on: day,
                by: Some("Joan Clarke".into()),
                inductor: false,
            }),
            credential: (of(K::CredentialAdded) || of(K::CredentialRevoked)).then(|| {
                CredentialFacts {
                    kind: "fob".into(),
                    tag: "T1".into(),
                    facilities: vec!["Front door".into()],
                }
            }),
            alarm: of(K::Alarm).then(|| AlarmFacts {
                kind: "meter-high".into(),
                subject: Some("freezer".into()),
                words: "freezer says -9.5 °C, more than -15 °C".into(),
                since: "2026-02-22 18:00".into(),
                over: false,
                until: None,
            }),
            review: of(K::Review).then(super::defaults::review),
        }
    }
}
