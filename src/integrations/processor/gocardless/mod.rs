//! GoCardless, by plain HTTP (developer.gocardless.com), and whatever speaks like it.

mod connection;
mod events;
mod objects;
mod payments;
mod payouts;
mod reading;

use std::collections::HashMap;

use jiff::{civil::Date, tz::TimeZone};
use serde_json::json;

use super::{Customer, Processor, ProcessorError, ProcessorOptions, Visit, reference::REFERENCE};
use crate::domain::follow::{Found, News, Terms};
use connection::Connection;
use reading::Payer;

/// The word for the reason that an amount was changed as often as it may be.
const TOO_MANY_CHANGES: &str = "number_of_subscription_amendments_exceeded";

/// GoCardless, as one creditor.
pub(super) struct GoCardless {
    connection: Connection,
    currency: String,
    zone: TimeZone,
    title: String,
    /// What is known about each customer, as it was read last.
    payers: HashMap<String, Payer>,
}

impl GoCardless {
    /// Takes the key and the address.
    ///
    /// # Errors
    /// The address cannot be used.
    pub(super) fn new(options: ProcessorOptions) -> Result<Self, ProcessorError> {
        Ok(Self {
            currency: options.currency.to_ascii_uppercase(),
            zone: options.zone.clone(),
            title: options.title.clone(),
            connection: Connection::new(options)?,
            payers: HashMap::new(),
        })
    }

    fn payer(&self, account: &str) -> Result<&Payer, ProcessorError> {
        let none = || ProcessorError::Refused(format!("{account} is not known at GoCardless"));
        self.payers.get(account).ok_or_else(none)
    }

    /// Begins a subscription, not before what is on its way is used up.
    fn subscribe(
        &self,
        key: &str,
        account: &str,
        terms: &Terms,
        from: Option<Date>,
    ) -> Result<(), ProcessorError> {
        let payer = self.payer(account)?;
        let Some(mandate) = &payer.mandate else {
            return Err(ProcessorError::Refused(format!(
                "{account} has agreed to no direct debit"
            )));
        };
        // Without a day, GoCardless takes the soonest that it can.
        let from = from.filter(|from| mandate.soonest.is_none_or(|soonest| *from > soonest));
        let mut body = json!({
            "amount": terms.monthly, "currency": self.currency, "name": self.title,
            "interval": 1, "interval_unit": "monthly", "links": { "mandate": mandate.id },
        });
        if let Some(from) = from {
            body["start_date"] = from.to_string().into();
        }
        self.connection.make("subscriptions", &body, key).map(drop)
    }

    fn cancel_pending(&self, payer: &Payer) -> Result<(), ProcessorError> {
        payer.pending.iter().try_for_each(|(id, _)| self.connection.cancel("payments", id))
    }
}

impl Processor for GoCardless {
    fn read(&mut self) -> Result<Found<Terms>, ProcessorError> {
        let (found, payers) = reading::read(&self.connection, &self.currency)?;
        self.payers = payers;
        Ok(found)
    }

    fn open(&mut self, key: &str, customer: &Customer) -> Result<String, ProcessorError> {
        let Some(email) = &customer.email else {
            let words = format!(
                "GoCardless needs an e-mail address for {}: record one, or another way to pay",
                customer.reference
            );
            return Err(ProcessorError::Refused(words));
        };
        let mut body = json!({ "email": email, "metadata": { REFERENCE: customer.reference } });
        match customer.name.trim().rsplit_once(char::is_whitespace) {
            Some((given, family)) => {
                body["given_name"] = given.trim().into();
                body["family_name"] = family.into();
            }
            // Somebody with one name has no family name there.
            None => body["company_name"] = customer.name.trim().into(),
        }
        self.connection.make("customers", &body, key)
    }

    fn give(
        &mut self,
        key: &str,
        account: &str,
        terms: &Terms,
        from: Option<Date>,
    ) -> Result<(), ProcessorError> {
        let from = from.max(self.payer(account)?.paid_until);
        self.subscribe(key, account, terms, from)
    }

    fn change(&mut self, key: &str, account: &str, terms: &Terms) -> Result<(), ProcessorError> {
        let payer = self.payer(account)?;
        let Some(old) = &payer.subscription else {
            // Only a payment is left, of a subscription that was cancelled: another one replaces both.
            let first = payer.pending.iter().map(|(_, on)| *on).min();
            self.cancel_pending(payer)?;
            return self.subscribe(key, account, terms, first);
        };
        let amount = json!({ "amount": terms.monthly });
        match self.connection.change("subscriptions", &old.id, &amount) {
            Err(failed) if failed.reason == TOO_MANY_CHANGES => {
                self.connection.cancel("subscriptions", &old.id)?;
                self.subscribe(key, account, terms, old.next)
            }
            done => done.map_err(|it| it.error),
        }
    }

    /// Cancels what was not sent to the bank yet, and then the subscription: whoever is killed in between
    /// finds it again.
    fn remove(&mut self, _: &str, account: &str) -> Result<(), ProcessorError> {
        let payer = self.payer(account)?;
        self.cancel_pending(payer)?;
        payer.subscription.iter().try_for_each(|it| self.connection.cancel("subscriptions", &it.id))
    }

    fn happened(&mut self, after: Option<&str>) -> Result<News, ProcessorError> {
        events::read(&self.connection, after, &self.zone)
    }

    fn link(&mut self, account: &str, visit: &Visit) -> Result<String, ProcessorError> {
        if self.payers.get(account).is_some_and(|it| it.mandate.is_some()) {
            let words = format!(
                "{} has agreed to a direct debit already: to pay from another account, cancel it at the \
                 bank first",
                visit.reference
            );
            return Err(ProcessorError::Refused(words));
        }
        let key = |what: &str| format!("{what}-{}", uuid::Uuid::new_v4());
        let mut mandate = json!({ "currency": self.currency });
        if let Some(scheme) = scheme(&self.currency) {
            mandate["scheme"] = scheme.into();
        }
        let request = json!({
            "mandate_request": mandate, "links": { "customer": account },
            "metadata": { REFERENCE: visit.reference },
        });
        let request = self.connection.make("billing_requests", &request, &key("request"))?;
        let flow = json!({
            "redirect_uri": visit.back, "exit_uri": visit.back,
            "links": { "billing_request": request },
        });
        self.connection.flow(&flow, &key("flow"))
    }
}

/// Returns the kind of direct debit in a currency.
fn scheme(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "GBP" => "bacs",
        "EUR" => "sepa_core",
        "SEK" => "autogiro",
        "DKK" => "betalingsservice",
        "AUD" => "becs",
        "NZD" => "becs_nz",
        "CAD" => "pad",
        "USD" => "ach",
        _ => return None,
    })
}
