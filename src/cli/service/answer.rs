//! What programs are told about a plan for a service, and what came of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{chat::ChannelStepView, service::StepView},
    domain::{
        follow::{Drift, Untold, Wait},
        model::{CommitId, MemberId, Slug},
    },
};

/// A plan for a payment processor.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct ProcessorPlan {
    /// The service.
    pub(super) service: Slug,
    /// The steps.
    pub(super) steps: Vec<StepView>,
    /// The accounts that the records do not name yet.
    pub(super) unrecorded: Vec<AccountOf>,
    /// The members for whom nothing can be begun yet.
    pub(super) waits: Vec<Wait>,
    /// From whom more is taken once they have been told of it.
    pub(super) untold: Vec<Untold>,
    /// What was done there by hand, and is left alone.
    pub(super) drift: Vec<Drift>,
    /// Why nothing would be changed.
    pub(super) stopped: Vec<String>,
    /// What came of it, if it was carried out.
    #[serde(flatten)]
    pub(super) done: Option<Outcome>,
}

/// A plan for the channels of a chat.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct ChatPlan {
    /// The service.
    pub(super) service: Slug,
    /// The steps.
    pub(super) steps: Vec<ChannelStepView>,
    /// The accounts that the records do not name yet.
    pub(super) unrecorded: Vec<AccountOf>,
    /// The members to be invited by hand, and why.
    pub(super) by_hand: Vec<Invitation>,
    /// The link with which they are invited.
    pub(super) invite_link: Option<String>,
    /// What does not follow from the records, and is left alone.
    pub(super) left_alone: Vec<String>,
    /// Why nothing would be changed.
    pub(super) stopped: Vec<String>,
    /// What came of it, if it was carried out.
    #[serde(flatten)]
    pub(super) done: Option<Outcome>,
}

/// What came of a plan.
#[derive(Serialize, JsonSchema)]
pub(super) struct Outcome {
    /// How many steps were taken.
    pub(super) taken: usize,
    /// What the service refused.
    pub(super) refused: Vec<Refused>,
    /// The commit that records new accounts.
    pub(super) commit: Option<CommitId>,
}

/// A step that the service refused.
#[derive(Serialize, JsonSchema)]
pub(super) struct Refused {
    /// The member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) member: Option<MemberId>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<Slug>,
    /// The words of the service.
    pub(super) why: String,
}

/// An account of a member.
#[derive(Serialize, JsonSchema)]
pub(super) struct AccountOf {
    /// The member.
    pub(super) member: MemberId,
    /// The account.
    pub(super) account: String,
}

/// Somebody who has to be invited by hand.
#[derive(Serialize, JsonSchema)]
pub(super) struct Invitation {
    /// The member.
    pub(super) member: MemberId,
    /// Why, in words.
    pub(super) because: String,
}

impl AccountOf {
    /// Lists accounts.
    pub(super) fn all<'m>(
        accounts: impl IntoIterator<Item = (&'m MemberId, &'m String)>,
    ) -> Vec<Self> {
        let account = |(member, account): (&MemberId, &String)| Self {
            member: *member,
            account: account.clone(),
        };
        accounts.into_iter().map(account).collect()
    }
}
