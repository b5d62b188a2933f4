//! A connection with a broker by MQTT 5, in a thread of its own.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rumqttc::{
    TlsConfiguration, Transport,
    v5::{
        AsyncClient, ClientError, ConnectionError, Event, EventLoop, MqttOptions, Request,
        mqttbytes::{
            QoS,
            v5::{ConnectReturnCode, Filter, LastWill, Packet, Subscribe},
        },
    },
};
use tokio::sync::Notify;

use super::{ConnectionOptions, Happening, Mqtt, MqttError, Outgoing};
use crate::integrations::tls;

/// The largest packet that the broker may send, in bytes. It is larger than what is of use, so that
/// what is too large can be told with its topic. What is even larger, the broker keeps to itself.
const LARGEST_PACKET: u32 = 16 * 1024 * 1024;

/// What may wait to be taken out before no more is read from the network.
const WAITING: usize = 256;

/// What may wait to be sent.
const UNSENT: usize = 4_096;

/// How many topics are asked for at once.
const AT_ONCE: usize = 64;

/// How often the broker is to hear from us.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// The pause before connecting again, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(60));

/// A connection with a broker.
pub struct Connection {
    place: String,
    client: AsyncClient,
    shared: Arc<Shared>,
    inbox: Mutex<Receiver<Happening>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    filters: Mutex<Filters>,
    connected: AtomicBool,
    /// Whether it is to end once everything is sent.
    closing: AtomicBool,
    /// Rings when it is to end at once.
    gone: Notify,
}

/// The topics to receive, and those that the broker knows about.
#[derive(Default)]
struct Filters {
    wanted: BTreeSet<String>,
    told: BTreeSet<String>,
}

impl Connection {
    /// Begins to connect.
    ///
    /// # Errors
    /// The certificates cannot be used, or the system refuses a thread.
    pub fn open(options: ConnectionOptions) -> Result<Self, MqttError> {
        let broken = |why: std::io::Error| MqttError::Broken(why.to_string());
        let place = format!("{}:{}", options.host, options.port);
        let (client, events) = AsyncClient::new(settings(options)?, UNSENT);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(broken)?;
        let shared = Arc::<Shared>::default();
        let (sender, inbox) = sync_channel(WAITING);
        let seen = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("mqtt".into())
            .spawn(move || runtime.block_on(keep_up(events, &seen, &sender)))
            .map_err(broken)?;
        let (inbox, thread) = (Mutex::new(inbox), Mutex::new(Some(thread)));
        Ok(Self { place, client, shared, inbox, thread })
    }
}

impl Mqtt for Connection {
    fn place(&self) -> String {
        self.place.clone()
    }

    fn subscribe(&self, filters: &BTreeSet<String>) -> Result<(), MqttError> {
        let mut held = lock(&self.shared.filters);
        held.wanted.clone_from(filters);
        if !self.shared.connected.load(Ordering::Acquire) {
            return Err(MqttError::NotConnected);
        }
        let new: Vec<String> = held.wanted.difference(&held.told).cloned().collect();
        for some in new.chunks(AT_ONCE) {
            self.client.try_subscribe_many(some.iter().map(filter)).map_err(full)?;
            held.told.extend(some.iter().cloned());
        }
        let old: Vec<String> = held.told.difference(&held.wanted).cloned().collect();
        for one in old {
            self.client.try_unsubscribe(one.clone()).map_err(full)?;
            held.told.remove(&one);
        }
        Ok(())
    }

    fn publish(&self, message: &Outgoing) -> Result<(), MqttError> {
        message.check()?;
        if !self.shared.connected.load(Ordering::Acquire) {
            return Err(MqttError::NotConnected);
        }
        let Outgoing { topic, payload, retain } = message.clone();
        self.client.try_publish(topic, QoS::AtLeastOnce, retain, payload).map_err(full)
    }

    fn next(&self, wait: Duration) -> Option<Happening> {
        lock(&self.inbox).recv_timeout(wait).ok()
    }

    fn close(&self, wait: Duration) {
        let until = Instant::now() + wait;
        self.shared.closing.store(true, Ordering::Release);
        let connected = self.shared.connected.load(Ordering::Acquire);
        if !connected || self.client.try_disconnect().is_err() {
            self.shared.gone.notify_one(); // there is nothing to end, or no way to say so
        }
        let Some(thread) = lock(&self.thread).take() else { return };
        let inbox = lock(&self.inbox);
        while !thread.is_finished() && Instant::now() < until {
            // It may wait for what it received to be taken out.
            let _ = inbox.recv_timeout(Duration::from_millis(10));
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.shared.gone.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn full(_: ClientError) -> MqttError {
    MqttError::Full
}

fn filter(path: &String) -> Filter {
    Filter::new(path, QoS::AtLeastOnce)
}

fn settings(options: ConnectionOptions) -> Result<MqttOptions, MqttError> {
    let mut settings = MqttOptions::new(options.client, options.host, options.port);
    settings
        .set_keep_alive(KEEP_ALIVE)
        .set_connection_timeout(10)
        .set_max_packet_size(Some(LARGEST_PACKET));
    if options.tls {
        let config = tls::client(options.authorities.as_deref()).map_err(MqttError::Broken)?;
        settings.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(config)));
    }
    if let Some((user, password)) = options.login {
        settings.set_credentials(user, password);
    }
    if let Some(Outgoing { topic, payload, retain }) = options.will {
        settings.set_last_will(LastWill::new(topic, payload, QoS::AtLeastOnce, retain, None));
    }
    Ok(settings)
}

/// Keeps up the connection until nobody wants it any more.
async fn keep_up(mut events: EventLoop, shared: &Shared, sender: &SyncSender<Happening>) {
    let mut pause = PAUSES.0;
    let mut told = None;
    loop {
        let event = tokio::select! {
            event = events.poll() => event,
            () = shared.gone.notified() => return,
        };
        let happening = match event {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                pause = PAUSES.0;
                told = None;
                subscribe_again(&mut events, shared);
                Happening::Connected
            }
            Ok(Event::Incoming(Packet::Publish(it))) => {
                let topic = String::from_utf8_lossy(&it.topic);
                Happening::arrived(&topic, &it.payload, it.retain)
            }
            Ok(_) => continue,
            Err(error) => {
                shared.connected.store(false, Ordering::Release);
                if shared.closing.load(Ordering::Acquire) {
                    return;
                }
                let why = words(&error);
                if told.as_ref() != Some(&why) {
                    told = Some(why.clone());
                    if sender.send(Happening::Lost(why)).is_err() {
                        return;
                    }
                }
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = shared.gone.notified() => return,
                }
                pause = (pause * 2).min(PAUSES.1);
                continue;
            }
        };
        // While nobody takes it out, nothing more is read: the broker waits, and so do those that
        // publish.
        if sender.send(happening).is_err() {
            return;
        }
    }
}

/// Subscribes before anything else is sent on a new connection.
fn subscribe_again(events: &mut EventLoop, shared: &Shared) {
    let mut held = lock(&shared.filters);
    let wanted: Vec<String> = held.wanted.iter().cloned().collect();
    for some in wanted.chunks(AT_ONCE) {
        let all = Subscribe::new_many(some.iter().map(filter), None);
        events.pending.push_back(Request::Subscribe(all));
    }
    held.told = wanted.into_iter().collect();
    shared.connected.store(true, Ordering::Release);
}

fn words(error: &ConnectionError) -> String {
    match error {
        ConnectionError::ConnectionRefused(
            ConnectReturnCode::BadUserNamePassword | ConnectReturnCode::NotAuthorized,
        ) => "the broker refuses the user name or the password".into(),
        ConnectionError::ConnectionRefused(ConnectReturnCode::UnsupportedProtocolVersion) => {
            "the broker does not speak MQTT 5".into()
        }
        ConnectionError::Timeout(_) => "the broker does not answer".into(),
        ConnectionError::Io(why) => why.to_string(),
        other => other.to_string(),
    }
}
