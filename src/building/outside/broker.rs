//! The broker.

use std::{collections::BTreeSet, io, sync::Arc, time::Duration};

use super::{Inbox, start};
use crate::{
    app::AppError,
    building::{Input, Topics},
    config::MqttConfig,
    integrations::mqtt::{Connection, ConnectionOptions, MemoryBroker, Mqtt, MqttError, Outgoing},
};

/// How long to wait for something to happen, before looking whether the program is to end.
const WAIT: Duration = Duration::from_millis(500);

/// How long the end of a connection may take.
const LAST: Duration = Duration::from_secs(3);

/// The broker, if there is one.
pub(in crate::building) struct Broker(Option<Arc<dyn Mqtt>>);

impl Broker {
    /// Begins to connect. If this program vanishes, the broker says so.
    ///
    /// # Errors
    /// A file with a secret cannot be read, or the settings cannot work.
    pub(in crate::building) fn open(
        config: Option<&MqttConfig>,
        topics: &Topics,
    ) -> Result<Self, AppError> {
        let Some(config) = config else { return Ok(Self(None)) };
        let will = Some(Outgoing::retained(topics.presence(), "offline"));
        let Some(host) = config.host.clone() else {
            return Ok(Self(Some(Arc::new(MemoryBroker::new().client(will)))));
        };
        let options = ConnectionOptions {
            host,
            port: config.port(),
            tls: config.tls,
            authorities: config.authorities()?,
            client: config.client.clone(),
            login: config.login()?,
            will,
        };
        let connection = Connection::open(options);
        let connection = connection.map_err(|why| AppError::user(format!("the broker: {why}")))?;
        Ok(Self(Some(Arc::new(connection))))
    }

    /// Returns which one it is.
    pub(in crate::building) fn place(&self) -> Option<String> {
        self.0.as_ref().map(|it| it.place())
    }

    /// Starts to listen.
    pub(in crate::building) fn listen(&self, inbox: Inbox) -> io::Result<()> {
        let Some(broker) = self.0.clone() else { return Ok(()) };
        start("broker", move || {
            while !inbox.is_ending() {
                if let Some(happening) = broker.next(WAIT)
                    && !inbox.tell(Input::Broker(happening))
                {
                    return;
                }
            }
        })
    }

    /// Says which topics to receive. What gets lost is said again in a minute.
    pub(in crate::building) fn subscribe(&self, filters: &BTreeSet<String>) {
        if let Some(broker) = &self.0 {
            let _ = broker.subscribe(filters);
        }
    }

    /// Publishes. What gets lost with a connection is published again with the next one.
    ///
    /// # Errors
    /// No broker would take it, or this one does not keep up.
    pub(in crate::building) fn publish(&self, message: &Outgoing) -> Result<(), MqttError> {
        match self.0.as_ref().map_or(Ok(()), |it| it.publish(message)) {
            Err(MqttError::NotConnected) => Ok(()),
            other => other,
        }
    }

    /// Says that this program ends.
    pub(in crate::building) fn close(&self, topics: &Topics) {
        if let Some(broker) = &self.0 {
            let _ = broker.publish(&Outgoing::retained(topics.presence(), "offline"));
            broker.close(LAST);
        }
    }
}
