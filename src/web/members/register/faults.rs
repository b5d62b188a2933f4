//! Says what is wrong with a form, in the language of the page.

use crate::{
    domain::{
        money::Currency,
        ops::joining::{FormFault, FormField},
    },
    web::{fields::Fields, members::frame::Frame},
};

/// Says beside each field what is wrong with it.
pub(super) fn blame(frame: &Frame, fields: &mut Fields, faults: &[(FormField, FormFault)]) {
    let currency =
        frame.site.in_force().ok().and_then(|it| Some(it.space.as_ref()?.currency.clone()));
    let currency = Currency::named(&currency.unwrap_or_default());
    for (field, fault) in faults {
        let amount = match fault {
            FormFault::BelowDues(least) => frame.texts.money(&currency, *least),
            _ => String::new(),
        };
        let why = frame.texts.fill(&format!("fault-{}", fault.word()), &[("amount", &amount)]);
        fields.blame(field.name(), &why);
    }
}
