//! A broker in memory: for tests, and for the demonstration.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{Happening, MqttError, Outgoing, matches};

/// How much waits for a client that takes nothing; then the oldest of it is dropped, as brokers do.
const WAITING: usize = 4_096;

/// A broker in memory. It can vanish and come back.
#[derive(Clone, Debug, Default)]
pub struct MemoryBroker(Arc<Meeting>);

#[derive(Debug, Default)]
struct Meeting {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct State {
    away: bool,
    retained: BTreeMap<String, String>,
    clients: BTreeMap<usize, Client>,
    next: usize,
}

#[derive(Debug)]
struct Client {
    filters: BTreeSet<String>,
    inbox: VecDeque<Happening>,
    will: Option<Outgoing>,
    connected: bool,
}

impl MemoryBroker {
    /// Makes one without clients.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a client, and returns its number.
    pub(super) fn add(&self, will: Option<Outgoing>) -> usize {
        let mut state = self.state();
        let number = state.next;
        state.next += 1;
        let (filters, connected) = (BTreeSet::new(), !state.away);
        let mut client = Client { filters, inbox: VecDeque::new(), will, connected };
        client.tell(if connected { Happening::Connected } else { Happening::Lost(away()) });
        state.clients.insert(number, client);
        number
    }

    /// Vanishes: nobody is connected any more. What is retained stays.
    pub fn leave(&self) {
        let mut state = self.state();
        state.away = true;
        for client in state.clients.values_mut() {
            client.connected = false;
            client.tell(Happening::Lost(away()));
        }
        self.0.bell.notify_all();
    }

    /// Comes back: everybody connects and subscribes again.
    pub fn come_back(&self) {
        let mut state = self.state();
        state.away = false;
        let numbers: Vec<usize> = state.clients.keys().copied().collect();
        for number in numbers {
            state.connect(number);
        }
        self.0.bell.notify_all();
    }

    /// Returns what is retained for a topic.
    #[must_use]
    pub fn retained(&self, topic: &str) -> Option<String> {
        self.state().retained.get(topic).cloned()
    }

    pub(super) fn subscribe(
        &self,
        number: usize,
        filters: &BTreeSet<String>,
    ) -> Result<(), MqttError> {
        let mut state = self.state();
        let away = state.away;
        let Some(client) = state.clients.get_mut(&number) else { return Ok(()) };
        let new: Vec<String> = filters.difference(&client.filters).cloned().collect();
        client.filters.clone_from(filters);
        if away {
            return Err(MqttError::NotConnected);
        }
        state.replay(number, &new);
        self.0.bell.notify_all();
        Ok(())
    }

    pub(super) fn publish(&self, number: usize, message: &Outgoing) -> Result<(), MqttError> {
        message.check()?;
        let mut state = self.state();
        if !state.clients.get(&number).is_some_and(|it| it.connected) {
            return Err(MqttError::NotConnected);
        }
        state.publish(message);
        self.0.bell.notify_all();
        Ok(())
    }

    pub(super) fn next(&self, number: usize, wait: Duration) -> Option<Happening> {
        let until = Instant::now() + wait;
        let mut state = self.state();
        loop {
            let client = state.clients.get_mut(&number)?;
            if let Some(happening) = client.inbox.pop_front() {
                return Some(happening);
            }
            let left = until.checked_duration_since(Instant::now())?;
            let waited = self.0.bell.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Removes a client; one that vanishes leaves its will.
    pub(super) fn remove(&self, number: usize, vanishes: bool) {
        let mut state = self.state();
        let will = state.clients.remove(&number).filter(|it| it.connected).and_then(|it| it.will);
        if let Some(will) = will.filter(|_| vanishes) {
            state.publish(&will);
        }
        self.0.bell.notify_all();
    }

    /// Cuts a connection; it is made again at once.
    pub(super) fn cut(&self, number: usize) {
        let mut state = self.state();
        let Some(client) = state.clients.get_mut(&number) else { return };
        client.tell(Happening::Lost("the connection was cut".into()));
        let will = client.will.clone();
        if let Some(will) = will.filter(|_| !state.away) {
            state.publish(&will);
        }
        state.connect(number);
        self.0.bell.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn away() -> String {
    "the broker is away".into()
}

impl Client {
    fn tell(&mut self, happening: Happening) {
        if self.inbox.len() >= WAITING {
            self.inbox.pop_front();
        }
        self.inbox.push_back(happening);
    }
}

impl State {
    fn connect(&mut self, number: usize) {
        if self.away {
            return;
        }
        let Some(client) = self.clients.get_mut(&number) else { return };
        client.connected = true;
        client.tell(Happening::Connected);
        let filters: Vec<String> = client.filters.iter().cloned().collect();
        self.replay(number, &filters);
    }

    /// Delivers what is retained to somebody who subscribed just now.
    fn replay(&mut self, number: usize, filters: &[String]) {
        let Some(client) = self.clients.get_mut(&number) else { return };
        for (topic, payload) in &self.retained {
            if filters.iter().any(|it| matches(it, topic)) {
                client.tell(Happening::arrived(topic, payload.as_bytes(), true));
            }
        }
    }

    fn publish(&mut self, Outgoing { topic, payload, retain }: &Outgoing) {
        match (retain, payload.is_empty()) {
            (true, true) => drop(self.retained.remove(topic)),
            (true, false) => drop(self.retained.insert(topic.clone(), payload.clone())),
            (false, _) => {}
        }
        for client in self.clients.values_mut().filter(|it| it.connected) {
            if client.filters.iter().any(|it| matches(it, topic)) {
                client.tell(Happening::arrived(topic, payload.as_bytes(), false));
            }
        }
    }
}
