//! Rows as a table, with the columns that the command line shows.

use maud::{Markup, html};

use crate::app::view::{CellStyle, Column, View};

/// Shows rows, or the sentence of their kind if there are none.
pub(super) fn rows<R: View>(rows: &[R]) -> Markup {
    columns(rows, R::COLUMNS, R::EMPTY)
}

/// Shows rows with these columns, or a sentence if there are none.
pub(super) fn columns<R>(rows: &[R], columns: &[Column<R>], empty: &str) -> Markup {
    html! {
        @if rows.is_empty() {
            p.faint { (sentence(empty)) }
        } @else {
            div.scroll tabindex="0" role="group" aria-label="Table" {
                table {
                    thead { tr { @for column in columns { th scope="col" { (title(column)) } } } }
                    tbody {
                        @for row in rows {
                            tr { @for column in columns { (cell(column, row)) } }
                        }
                    }
                }
            }
        }
    }
}

fn cell<R>(column: &Column<R>, row: &R) -> Markup {
    let (text, style) = (column.fill)(row);
    html! {
        @match style {
            CellStyle::Plain => td { (text) },
            CellStyle::Good => td.good { (text) },
            CellStyle::Bad => td.bad { (text) },
            CellStyle::Warning => td.warn { (text) },
            CellStyle::Faint => td.faint { (text) },
        }
    }
}

/// Writes a title as pages do: `Paid until` for `PAID UNTIL`.
fn title<R>(column: &Column<R>) -> String {
    let mut letters = column.heading.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
