//! Stripe, by plain HTTP (docs.stripe.com/api), and whatever speaks like it.

mod connection;
mod events;
mod form;
mod objects;
mod payouts;
mod reading;

use std::collections::HashMap;

use jiff::{SignedDuration, civil::Date, tz::TimeZone};

use super::{Customer, Processor, ProcessorError, ProcessorOptions, Visit, reference::REFERENCE};
use crate::domain::follow::{Found, News, Terms};
use connection::Connection;
use form::Form;
use objects::{Address, Id};
use reading::Subscription;

/// The product that all subscriptions are of.
const PRODUCT: &str = "space-dues";

/// Stripe does not begin a subscription later than at once if it is sooner than this.
const SOONEST: SignedDuration = SignedDuration::from_hours(49);

/// Stripe, as one account of its.
pub(super) struct Stripe {
    connection: Connection,
    currency: String,
    zone: TimeZone,
    title: String,
    /// The subscription of each customer, as it was read last.
    subscriptions: HashMap<String, Subscription>,
    has_product: bool,
}

impl Stripe {
    /// Takes the key and the address.
    ///
    /// # Errors
    /// The address cannot be used.
    pub(super) fn new(options: ProcessorOptions) -> Result<Self, ProcessorError> {
        Ok(Self {
            currency: options.currency.to_ascii_lowercase(),
            zone: options.zone.clone(),
            title: options.title.clone(),
            connection: Connection::new(options)?,
            subscriptions: HashMap::new(),
            has_product: false,
        })
    }

    /// Makes sure that there is a product that prices can be of.
    fn need_product(&mut self) -> Result<(), ProcessorError> {
        if self.has_product {
            return Ok(());
        }
        let there: Option<Id> = self.connection.find(&format!("/v1/products/{PRODUCT}"))?;
        if there.is_none() {
            let form = Form::new().add("id", PRODUCT).add("name", &self.title);
            let key = format!("product-{}", uuid::Uuid::new_v4());
            match self.connection.post::<Id>("/v1/products", form, &key) {
                // Somebody else was quicker.
                Err(ProcessorError::Refused(why)) if why.contains("already exists") => {}
                other => drop(other?),
            }
        }
        self.has_product = true;
        Ok(())
    }

    /// Adds a price of its own to a list of items.
    fn price(&self, form: Form, item: &str, terms: &Terms) -> Form {
        let field = |name: &str| format!("{item}[price_data]{name}");
        form.add(field("[currency]"), &self.currency)
            .add(field("[product]"), PRODUCT)
            .add(field("[unit_amount]"), terms.monthly.to_string())
            .add(field("[recurring][interval]"), "month")
    }

    /// Returns the first moment of a local day, in seconds.
    fn seconds(&self, day: Date) -> Option<i64> {
        Some(day.to_zoned(self.zone.clone()).ok()?.timestamp().as_second())
    }

    fn subscription(&self, account: &str) -> Result<&Subscription, ProcessorError> {
        let none = || ProcessorError::Refused(format!("{account} has no subscription"));
        self.subscriptions.get(account).ok_or_else(none)
    }
}

impl Processor for Stripe {
    fn read(&mut self) -> Result<Found<Terms>, ProcessorError> {
        let (found, subscriptions) = reading::read(&self.connection, &self.currency, &self.zone)?;
        self.subscriptions = subscriptions;
        Ok(found)
    }

    fn open(&mut self, key: &str, customer: &Customer) -> Result<String, ProcessorError> {
        let mut form = Form::new()
            .add("name", &customer.name)
            .add(format!("metadata[{REFERENCE}]"), &customer.reference);
        if let Some(email) = &customer.email {
            form = form.add("email", email);
        }
        let made: Id = self.connection.post("/v1/customers", form, key)?;
        Ok(made.id)
    }

    fn give(
        &mut self,
        key: &str,
        account: &str,
        terms: &Terms,
        from: Option<Date>,
    ) -> Result<(), ProcessorError> {
        self.need_product()?;
        if let Some(old) = self.subscriptions.get(account) {
            let form = Form::new()
                .add("cancel_at_period_end", "false")
                .add("proration_behavior", "none")
                .add("items[0][id]", &old.item);
            let form = self.price(form, "items[0]", terms);
            let path = format!("/v1/subscriptions/{}", old.id);
            return self.connection.post::<Id>(&path, form, key).map(drop);
        }
        let mut form = Form::new()
            .add("customer", account)
            .add("proration_behavior", "none")
            .add("off_session", "true");
        if let Some(seconds) = from.and_then(|day| self.seconds(day)) {
            form = form.add("trial_end", seconds.to_string());
        }
        let form = self.price(form, "items[0]", terms);
        self.connection.post::<Id>("/v1/subscriptions", form, key).map(drop)
    }

    fn change(&mut self, key: &str, account: &str, terms: &Terms) -> Result<(), ProcessorError> {
        self.need_product()?;
        let old = self.subscription(account)?;
        let form = Form::new().add("proration_behavior", "none").add("items[0][id]", &old.item);
        let form = self.price(form, "items[0]", terms);
        let path = format!("/v1/subscriptions/{}", old.id);
        self.connection.post::<Id>(&path, form, key).map(drop)
    }

    fn remove(&mut self, key: &str, account: &str) -> Result<(), ProcessorError> {
        let old = self.subscription(account)?;
        let form = Form::new().add("cancel_at_period_end", "true");
        self.connection.post::<Id>(&format!("/v1/subscriptions/{}", old.id), form, key).map(drop)
    }

    fn happened(&mut self, after: Option<&str>) -> Result<News, ProcessorError> {
        events::read(&self.connection, after)
    }

    fn link(&mut self, account: &str, visit: &Visit) -> Result<String, ProcessorError> {
        let key = format!("link-{}", uuid::Uuid::new_v4());
        if self.subscriptions.contains_key(account) {
            let form = Form::new().add("customer", account).add("return_url", &visit.back);
            let page: Address = self.connection.post("/v1/billing_portal/sessions", form, &key)?;
            return Ok(page.url);
        }
        self.need_product()?;
        let mut form = Form::new()
            .add("mode", "subscription")
            .add("customer", account)
            .add("client_reference_id", &visit.reference)
            .add("success_url", &visit.back)
            .add("cancel_url", &visit.back)
            .add("line_items[0][quantity]", "1")
            .add(format!("subscription_data[metadata][{REFERENCE}]"), &visit.reference);
        let begins = visit.from.and_then(|day| self.seconds(day));
        let soonest = visit.now.saturating_add(SOONEST).map_or(i64::MAX, |it| it.as_second());
        if let Some(seconds) = begins.filter(|it| *it >= soonest) {
            form = form.add("subscription_data[trial_end]", seconds.to_string());
        }
        let form = self.price(form, "line_items[0]", &visit.terms);
        let page: Address = self.connection.post("/v1/checkout/sessions", form, &key)?;
        Ok(page.url)
    }
}
