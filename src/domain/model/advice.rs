//! What somebody can do next, as data that each program puts into its own words.

use jiff::civil::Date;
use serde::Serialize;

use super::{MemberId, Priority, Slug, Tag};

/// A next step. The command line prints the command for it, a web page a link.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Advice {
    /// A sentence that suits every program.
    Say(String),

    /// Go to the folder of the space, or create a space.
    FindSpace,
    /// Create a space here.
    MakeSpace,
    /// Create a space in an empty folder instead.
    MakeSpaceElsewhere,
    /// Copy the space's key here from a machine that has it.
    BringKey,
    /// Update this program.
    UpdateProgram,
    /// Migrate the data to the format of this program.
    Migrate,
    /// Make the change in another clone, and push it to the repository at that address.
    WriteElsewhere(String),
    /// Confirm that a change takes something from so many members.
    Confirm(usize),
    /// Find out who rewrote the history, and follow it if that was meant.
    FollowRewritten,
    /// Bring this clone and the other repository together, or make the clone anew.
    JoinClones,
    /// Give up what git is joining, and let this program join it, which renumbers a member.
    JoinByProgram,
    /// Set the wrong clock, and give the commits new dates.
    DateAnew,
    /// Fetch the existing commits, and build on them.
    BuildOn,
    /// Run any command that writes: it brings the files up to date with the commit.
    Finish,
    /// Check the data, which explains why something cannot be read.
    Check,
    /// Check the data to find out what is wrong.
    FindFault,
    /// Check the data to see all findings instead of the first few.
    CheckAll,
    /// Check the data to see what is wrong with templates and records.
    CheckTemplates,
    /// Fix a file by hand, or undo the commit that broke it.
    MendOrUndo,
    /// Set the time zone of the space.
    SetZone,
    /// Set the sender address of notices.
    SetSender,

    /// List everything of one kind.
    List(Listed),
    /// List everything of one kind, and say how many there are.
    ListMany(Listed, usize),
    /// Give more digits of a tag or id; the list shows it in full.
    GiveMore(Listed),
    /// Use this name, which is close to what was typed.
    DidYouMean(String),
    /// Use one of these names.
    Known(Vec<String>),

    /// Look at a member, who may have left, be suspended or owe dues.
    ShowMember(MemberId),
    /// Change a member.
    EditMember(MemberId),
    /// Say by which payment processor a member pays.
    PayBy(MemberId),
    /// Compare a service with the records once more.
    CompareService(Slug),
    /// Bring a service to agree with the records.
    ApplyService(Slug),
    /// Open the account of a member at a service.
    OpenAccount(Slug),
    /// Look at what a service has to show a person.
    LookAtService(Slug),
    /// Let a timer keep services up with the records.
    StartServices,
    /// Send the notices that are due.
    SendNotices,
    /// Take back that a member has left.
    ReturnMember(MemberId),
    /// End a member's suspension.
    ResumeMember(MemberId),

    /// Correct the name of a tier, or add a tier of that name.
    CorrectTier(Slug),
    /// Edit an existing tier.
    EditTier(Slug),
    /// Let a concession reduce the dues of a tier.
    AllowConcessions(Slug),
    /// Correct the name of a facility, or add a facility of that name.
    CorrectFacility(Slug),
    /// Edit an existing facility.
    EditFacility(Slug),
    /// Edit an existing meter.
    EditMeter(Slug),
    /// Correct the name of a zone, or add a zone of that name.
    CorrectZone(Slug),
    /// Give a facility a requirement.
    AddRequirement(Slug),
    /// Edit an existing requirement.
    SetRequirement(Tag),
    /// Revoke a record that turned out to be a requirement.
    RevokeRequirement(Tag),

    /// Ask a member once more, although that was done today.
    NudgeAgain(MemberId),

    /// Induct a member to a facility.
    AddInduction {
        /// Whom.
        member: MemberId,
        /// To what.
        facility: Slug,
    },
    /// Revoke an induction, so that it can be recorded again.
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

    /// Let the fobs of a member open a facility too, or with a higher priority.
    GrantFacility {
        /// Whose.
        member: MemberId,
        /// What.
        facility: Slug,
        /// The priority that is needed, if it is not the usual one.
        priority: Option<Priority>,
    },
    /// Give somebody a priority at a facility.
    GrantPriority {
        /// Where.
        facility: Slug,
        /// Which.
        priority: Priority,
    },
    /// Enrol a fob that a facility's reader did not recognise.
    Enrol(Slug),
    /// Give a member a fob.
    GiveFob(MemberId),
    /// Revoke a credential that has nothing left to open.
    RevokeWhole(Tag),
    /// Revoke a credential before somebody else gets it.
    RevokeCredential(Tag),
    /// Revoke all credentials of a member, which frees the fobs for others.
    RevokeCredentials(MemberId),
    /// Find out which holder of the shared code is to keep it.
    FindHolder,

    /// Record a payment of a member.
    AddPayment(MemberId),
    /// Recalculate the date until which a member has paid.
    SettlePayments(MemberId),
    /// Show a payment, with what it paid for.
    ShowPayment(Tag),
    /// Record that a payment was taken back on a day.
    ReversePayment {
        /// The name of its file.
        payment: Tag,
        /// The day.
        on: Date,
    },
    /// State how many months a payment buys.
    SayMonths,
    /// State how many months are no longer paid for.
    SayMonthsBack,
    /// State the amount of a further refund.
    SayAmountBack,
    /// State the day of a refund that is not the one on record.
    SayDayBack,
    /// Do not remember the payer.
    ForgetPayer,
    /// Remember the payer for the new member instead.
    ReplacePayer,
    /// Say of which other transaction one is the same money.
    NameOther,
    /// Describe the columns of the bank's tables in a profile.
    WriteProfile,
    /// Choose one of these profiles for the bank's tables.
    NameProfile(Vec<String>),
    /// Choose another profile, or correct this one.
    ChooseProfile,
    /// Correct the form of days in the profile, or say that it is right.
    TrustDays,
    /// List the members who pay less than is due now.
    ReviewDues,

    /// Report on a day by today's records.
    ReportByToday,

    /// List the facts that a template can use.
    TemplateFacts,

    /// Ask why a member may not enter.
    AskWhy {
        /// Who.
        member: MemberId,
        /// Where.
        facility: Slug,
    },
    /// See when a facility opens.
    OpeningTimes(Slug),
    /// Wait until the lockout ends; the doors say when that is.
    AwaitLockout,
    /// Say that the clock of the door is right, or set it.
    TrustClock,
    /// Start the door that was asked, or ask another one.
    StartDoor,
}

/// What a list can be made of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// The members.
    Members,
    /// The tiers.
    Tiers,
    /// The facilities.
    Facilities,
    /// The profiles of bank statements.
    Profiles,
    /// The requirements of all facilities.
    Requirements,
    /// The credentials of all members.
    Credentials,
    /// The credentials of one member.
    CredentialsOf(MemberId),
    /// The classes.
    Classes,
    /// The inductions of one member.
    InductionsOf(MemberId),
    /// The payments.
    Payments,
    /// The payments that are not yet credited to a member.
    Unmatched,
    /// The commits.
    Commits,
    /// The meters.
    Meters,
    /// The zones.
    Zones,
    /// The channels of chats.
    Channels,
}

impl Listed {
    /// Returns the singular noun.
    #[must_use]
    pub const fn one(&self) -> &'static str {
        match self {
            Self::Members => "member",
            Self::Tiers => "tier",
            Self::Facilities => "facility",
            Self::Profiles => "profile",
            Self::Requirements => "requirement",
            Self::Credentials | Self::CredentialsOf(_) => "credential",
            Self::Classes => "class",
            Self::InductionsOf(_) => "induction",
            Self::Payments => "payment",
            Self::Unmatched => "transaction",
            Self::Commits => "commit",
            Self::Meters => "meter",
            Self::Zones => "zone",
            Self::Channels => "channel",
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

/// Joins a message and its advice into one sentence.
#[must_use]
pub fn joined(message: &str, advice: &str) -> String {
    // Two colons make a sentence hard to read.
    let mark = if message.contains(": ") { ";" } else { ":" };
    format!("{message}{mark} {advice}")
}
