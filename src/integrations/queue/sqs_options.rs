//! Which queues of AWS SQS to use.

/// Queues of SQS, and how to reach them.
#[derive(Clone, PartialEq, Eq)]
pub struct SqsOptions {
    /// The URL of the queue that messages come in through.
    pub incoming: String,
    /// The URL of the queue that messages go out through; it may be the same.
    pub outgoing: String,
    /// The region; by default the one in a queue's URL, or where AWS's own programs look for it.
    pub region: Option<String>,
    /// The URL of the service; by default the one of AWS, or the host in a queue's URL.
    pub endpoint: Option<String>,
    /// The id and the secret of an access key; by default where AWS's own programs look for them.
    pub access_key: Option<(String, String)>,
}

impl std::fmt::Debug for SqsOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut options = f.debug_struct("SqsOptions");
        options.field("incoming", &self.incoming).field("outgoing", &self.outgoing);
        options.finish_non_exhaustive() // not the secret
    }
}
