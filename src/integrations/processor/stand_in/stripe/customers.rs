//! Customers and products.

use serde_json::{Value, json};

use super::forms::failure;
use crate::integrations::processor::stand_in::{
    answered::{Answered, good},
    asked::Fields,
    books::Books,
};

impl Books {
    pub(super) fn new_customer(&mut self, form: &Fields) -> Answered {
        let customer = self.customer(form.get("name"), form.get("email"), form.inside("metadata"));
        good(customer)
    }

    pub(super) fn customer_by_hand(&mut self, name: &str, email: &str) -> String {
        let made = self.customer(Some(name), Some(email), serde_json::Map::new());
        made["id"].as_str().unwrap_or_default().to_owned()
    }

    fn customer(
        &mut self,
        name: Option<&str>,
        email: Option<&str>,
        metadata: serde_json::Map<String, Value>,
    ) -> Value {
        let (id, created) = (self.id("cus_"), self.now.as_second());
        let customer = json!({
            "id": id, "object": "customer", "created": created, "name": name, "email": email,
            "metadata": metadata, "invoice_settings": { "default_payment_method": null },
        });
        self.add("customers", customer)
    }

    pub(super) fn new_product(&mut self, form: &Fields) -> Answered {
        let id = form.get("id").map_or_else(|| self.id("prod_"), ToOwned::to_owned);
        if self.object("products", &id).is_some() {
            return failure(400, "resource_already_exists", "Product already exists.");
        }
        let product = json!({ "id": id, "object": "product", "name": form.get("name") });
        good(self.add("products", product))
    }
}
