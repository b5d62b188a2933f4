//! What somebody can do next, as a value: each program says it in its own way.

use serde::Serialize;

use super::{MemberId, Slug, Tag};

/// A next step. The command line prints the command that takes it, a page shows a link to it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Advice {
    /// A sentence that holds for every program.
    Say(String),

    /// Go to where the space is, or make one.
    FindSpace,
    /// Make a space here.
    MakeSpace,
    /// Make a space, but in an empty folder.
    MakeSpaceElsewhere,
    /// Bring the space's key here from a machine that has it.
    BringKey,
    /// Bring this program up to date.
    UpdateProgram,
    /// Bring the data up to the format of this program.
    Migrate,
    /// Write in a clone of one's own, and push to the repository of that address.
    WriteElsewhere(String),
    /// Set the clock that was wrong, and date the commits anew.
    DateAnew,
    /// Take what is there, and build on it.
    BuildOn,
    /// Have the files brought up to the commit, by whatever is done next.
    Finish,
    /// Check the data, which says why something cannot be read.
    Check,
    /// Find out what is wrong, by checking the data.
    FindFault,
    /// Check the data, which tells all of what only a few were told of.
    CheckAll,
    /// Check the data, which shows what is wrong with the templates and records.
    CheckTemplates,
    /// Mend a file by hand, or undo the commit that broke it.
    MendOrUndo,
    /// Set the time zone of the space.
    SetZone,
    /// Set the address that notices come from.
    SetSender,

    /// Look at all there are of something.
    List(Listed),
    /// Look at all there are of something, which are that many.
    ListMany(Listed, usize),
    /// Give more of a tag or an id, which a list shows in full.
    GiveMore(Listed),
    /// Take this name, which is near to what was typed.
    DidYouMean(String),
    /// Take one of these names.
    Known(Vec<String>),

    /// Look at a member, who may have left, be suspended or owe dues.
    ShowMember(MemberId),
    /// Change a member.
    EditMember(MemberId),
    /// Take back that a member left.
    ReturnMember(MemberId),
    /// End a member's suspension.
    ResumeMember(MemberId),

    /// Correct the name of a tier, or add a tier of that name.
    CorrectTier(Slug),
    /// Change a tier that is there already.
    EditTier(Slug),
    /// Correct the name of a facility, or add a facility of that name.
    CorrectFacility(Slug),
    /// Change a facility that is there already.
    EditFacility(Slug),
    /// Give a facility a requirement.
    AddRequirement(Slug),
    /// Change a requirement that is there already.
    SetRequirement(Tag),
    /// Take away what turned out to be a requirement.
    RevokeRequirement(Tag),

    /// Induct a member to a facility.
    AddInduction {
        /// Whom.
        member: MemberId,
        /// To what.
        facility: Slug,
    },
    /// Revoke an induction, to write it anew.
    RevokeInduction {
        /// Whose.
        member: MemberId,
        /// To what.
        facility: Slug,
    },
    /// Make a member an inductor.
    MakeInductor {
        /// Whom.
        member: MemberId,
        /// For what.
        facility: Slug,
    },
    /// Name another inductor, or make this one an inductor.
    CorrectInductor {
        /// Who is named.
        member: MemberId,
        /// For what.
        facility: Slug,
    },

    /// Give a fob to somebody that a facility's reader did not know.
    Enrol(Slug),
    /// Revoke a credential before somebody else gets it.
    RevokeCredential(Tag),
    /// Revoke all credentials of a member, which frees the fobs for others.
    RevokeCredentials(MemberId),
    /// Find out who of those that hold the same code is to keep it.
    FindHolder,

    /// Write down a payment of a member.
    AddPayment(MemberId),
    /// Work out anew until when a member has paid.
    SettlePayments(MemberId),
    /// Look at a payment, for what was paid.
    ShowPayment(Tag),
    /// Say how many months a payment buys.
    SayMonths,
    /// Say how many months are no longer paid.
    SayMonthsBack,
    /// Do not remember who paid.
    ForgetPayer,
    /// Write down what stands where in the tables of a bank.
    WriteProfile,
    /// Name one of these, which say what stands where in the tables of a bank.
    NameProfile(Vec<String>),
    /// Look at who pays less than is due now.
    ReviewDues,

    /// Report a day by the records of today.
    ReportByToday,

    /// Look at what a template can say.
    TemplateFacts,

    /// Ask why a member may not enter.
    AskWhy {
        /// Who.
        member: MemberId,
        /// Where.
        facility: Slug,
    },
    /// Look at when a facility opens.
    OpeningTimes(Slug),
    /// Wait; the doors tell until when.
    AwaitLockout,
    /// Start the door that was asked, or ask another one.
    StartDoor,
}

/// Something that there is a list of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// The members.
    Members,
    /// The tiers.
    Tiers,
    /// The facilities.
    Facilities,
    /// The ways in which statements of banks are read.
    Profiles,
    /// The requirements of all facilities.
    Requirements,
    /// The credentials of all members.
    Credentials,
    /// The credentials of one member.
    CredentialsOf(MemberId),
    /// The inductions of one member.
    InductionsOf(MemberId),
    /// The payments.
    Payments,
    /// What was paid by nobody knows whom.
    Unmatched,
    /// The commits.
    Commits,
}

impl Listed {
    /// Returns the word for one of them.
    #[must_use]
    pub const fn one(&self) -> &'static str {
        match self {
            Self::Members => "member",
            Self::Tiers => "tier",
            Self::Facilities => "facility",
            Self::Profiles => "profile",
            Self::Requirements => "requirement",
            Self::Credentials | Self::CredentialsOf(_) => "credential",
            Self::InductionsOf(_) => "induction",
            Self::Payments => "payment",
            Self::Unmatched => "transaction",
            Self::Commits => "commit",
        }
    }
}

impl From<String> for Advice {
    fn from(sentence: String) -> Self {
        Self::Say(sentence)
    }
}

impl From<&str> for Advice {
    fn from(sentence: &str) -> Self {
        Self::Say(sentence.to_owned())
    }
}

/// Joins a message to what can be done, as one sentence.
#[must_use]
pub fn joined(message: &str, advice: &str) -> String {
    // Two colons make a sentence hard to read.
    let mark = if message.contains(": ") { ";" } else { ":" };
    format!("{message}{mark} {advice}")
}
