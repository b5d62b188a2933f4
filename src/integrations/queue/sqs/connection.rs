//! Reaches SQS: where it is, who we are, and how long we wait.

use std::{sync::Arc, time::Duration};

use aws_config::BehaviorVersion;
use aws_sdk_sqs::{
    Client,
    config::{
        Builder, Credentials, ProvideCredentials as _, Region, StalledStreamProtectionConfig,
        retry::RetryConfig, timeout::TimeoutConfig,
    },
};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use tokio::sync::Mutex;

use super::{failure::chain, url};
use crate::integrations::queue::{QueueError, SqsOptions};

/// How long SQS waits for a message at most.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// How long a connection may take to be made, and an answer to come after the longest wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a request is tried, and the pause before it is tried again, roughly.
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(200);

/// Both queues, found out about when they are first used, and again after every failure that somebody
/// has to mend: by then, perhaps, somebody has.
#[derive(Debug)]
pub(super) struct Connection {
    options: SqsOptions,
    ends: Mutex<Option<Arc<Ends>>>,
}

/// The queue that messages come in through, and the one that they go out through.
#[derive(Debug)]
pub(super) struct Ends {
    pub(super) incoming: End,
    pub(super) outgoing: End,
}

/// One queue.
#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) client: Client,
    pub(super) url: String,
    /// Whether both directions use it.
    pub(super) is_shared: bool,
}

impl Connection {
    pub(super) fn new(options: SqsOptions) -> Self {
        Self { options, ends: Mutex::new(None) }
    }

    /// Returns the names of both queues.
    pub(super) fn names(&self) -> (&str, &str) {
        (url::name(&self.options.incoming), url::name(&self.options.outgoing))
    }

    /// Returns both queues.
    pub(super) async fn ends(&self) -> Result<Arc<Ends>, QueueError> {
        let mut ends = self.ends.lock().await;
        if let Some(ends) = &*ends {
            return Ok(Arc::clone(ends));
        }
        let found = Arc::new(connect(&self.options).await?);
        *ends = Some(Arc::clone(&found));
        Ok(found)
    }

    /// Forgets credentials and everything else that may be wrong, if a failure is not one that passes.
    pub(super) async fn learn<'r>(&self, mut failures: impl Iterator<Item = &'r QueueError>) {
        if failures.any(|failure| matches!(failure, QueueError::Broken(_))) {
            *self.ends.lock().await = None;
        }
    }
}

impl End {
    pub(super) fn name(&self) -> &str {
        url::name(&self.url)
    }

    pub(super) fn is_fifo(&self) -> bool {
        url::is_fifo(&self.url)
    }
}

async fn connect(options: &SqsOptions) -> Result<Ends, QueueError> {
    let tls = Provider::Rustls(CryptoMode::Ring);
    let times = TimeoutConfig::builder().connect_timeout(PATIENCE);
    let times = times.operation_attempt_timeout(LONGEST_WAIT + PATIENCE).build();
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(aws_smithy_http_client::Builder::new().tls_provider(tls).build_https())
        .retry_config(
            RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(PAUSE),
        )
        .timeout_config(times)
        // A long poll is silent for long.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    if let Some((id, secret)) = &options.access_key {
        loader = loader.credentials_provider(Credentials::new(id, secret, None, None, "options"));
    }
    let region = options.region.as_deref().or_else(|| url::region(&options.incoming));
    if let Some(region) = region {
        loader = loader.region(Region::new(region.to_owned()));
    }
    let found = loader.load().await;
    if found.region().is_none() {
        let why = "SQS: no region is known: name it in the configuration, or set AWS_REGION";
        return Err(QueueError::Broken(why.into()));
    }
    let credentials = found.credentials_provider();
    let credentials = credentials.ok_or_else(|| no_credentials("none are configured"))?;
    credentials.provide_credentials().await.map_err(|error| no_credentials(&chain(&error)))?;
    let end = |url: &str| {
        let mut config = Builder::from(&found);
        if let Some(region) = options.region.as_deref().or_else(|| url::region(url)) {
            config = config.region(Region::new(region.to_owned()));
        }
        if let Some(endpoint) = options.endpoint.as_deref().or_else(|| url::endpoint(url)) {
            config = config.endpoint_url(endpoint);
        }
        End {
            client: Client::from_conf(config.build()),
            url: url.to_owned(),
            is_shared: options.incoming == options.outgoing,
        }
    };
    Ok(Ends { incoming: end(&options.incoming), outgoing: end(&options.outgoing) })
}

fn no_credentials(why: &str) -> QueueError {
    QueueError::Broken(format!(
        "SQS: no AWS credentials were found ({why}): set AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY, or write them to a file named by AWS_SHARED_CREDENTIALS_FILE"
    ))
}
