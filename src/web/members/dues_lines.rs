//! How dues come about, line by line.

use maud::{Markup, html};

use crate::{
    app::texts::Texts,
    domain::{dues::Dues, money::Currency},
};

/// Shows the steps of the calculation, and what they add up to.
pub(super) fn dues_lines(texts: Texts, currency: &Currency, dues: &Dues) -> Markup {
    html! {
        table {
            tbody {
                @for line in &dues.lines {
                    tr {
                        td { (texts.say(&format!("dues-part-{}", line.part.word()))) }
                        td.number { (texts.money(currency, line.amount)) }
                    }
                }
            }
            tfoot {
                tr {
                    th scope="row" { (texts.say("dues-month")) }
                    th.number { (texts.money(currency, dues.amount)) }
                }
                @if let Some(year) = dues.year {
                    tr {
                        th scope="row" { (texts.say("dues-year")) }
                        th.number { (texts.money(currency, year)) }
                    }
                }
            }
        }
    }
}
