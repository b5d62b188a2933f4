//! Rows as a table, with the columns that the command line shows.

use maud::{Markup, html};

use crate::app::{
    report::ReportOutput,
    view::{CellStyle, Column, View},
};

/// Shows rows, or the sentence of their kind if there are none.
pub(super) fn rows<R: View>(rows: &[R]) -> Markup {
    columns(rows, R::COLUMNS, R::EMPTY)
}

/// Shows rows with these columns, or a sentence if there are none.
pub(super) fn columns<R>(rows: &[R], columns: &[Column<R>], empty: &str) -> Markup {
    linked(rows, columns, empty, |_, _| None)
}

/// Shows rows like [`columns`], with a link where `link` has one for a row and the heading of a
/// column.
pub(super) fn linked<R>(
    rows: &[R],
    columns: &[Column<R>],
    empty: &str,
    link: impl Fn(&R, &str) -> Option<String>,
) -> Markup {
    html! {
        @if rows.is_empty() {
            p.faint { (sentence(empty)) }
        } @else {
            div.scroll tabindex="0" role="group" aria-label="Table" {
                table {
                    thead {
                        tr {
                            @for it in columns {
                                th scope="col" { (title(it)) }
                            }
                        }
                    }
                    tbody {
                        @for row in rows {
                            tr { @for it in columns { (cell(it, row, link(row, it.heading))) } }
                        }
                    }
                }
            }
        }
    }
}

/// The length up to which a text with digits stays on one line, in bytes.
const SHORT: usize = 20;

fn cell<R>(column: &Column<R>, row: &R, link: Option<String>) -> Markup {
    let (text, style) = (column.fill)(row);
    let colour = match style {
        CellStyle::Plain => "",
        CellStyle::Good => "good",
        CellStyle::Bad => "bad",
        CellStyle::Warning => "warn",
        CellStyle::Faint => "faint",
    };
    // A moment or a number in several lines is hard to read.
    let short = text.len() <= SHORT && text.bytes().any(|it| it.is_ascii_digit());
    let class = match (short, colour) {
        _ if text == "-" => "none".to_owned(),
        (true, "") => "short".to_owned(),
        (true, colour) => format!("short {colour}"),
        (false, colour) => colour.to_owned(),
    };
    // Where there is no room for a table, each row is a list of what it has.
    html! {
        td class=[Some(class).filter(|it| !it.is_empty())] data-label=(title(column)) {
            @match link { Some(url) => a href=(url) { (text) }, None => (text) }
        }
    }
}

/// Writes a heading as pages do: `Paid until` for `PAID UNTIL`.
fn title<R>(column: &Column<R>) -> String {
    capital(&column.heading.to_lowercase())
}

/// Shows the table of a report, with its totals and what is below it.
pub(super) fn report<J, R>(mut report: ReportOutput<J, R>) -> Markup {
    report.rows.extend(report.total.take());
    html! {
        (columns(&report.rows, report.columns, report.empty))
        (labelled(&report.below))
    }
}

/// Shows labels with their values; those without a value are left out.
pub(super) fn labelled(lines: &[(&str, String)]) -> Markup {
    let shown = || lines.iter().filter(|(_, value)| !value.is_empty());
    html! {
        @if shown().next().is_some() {
            dl {
                @for (label, value) in shown() {
                    dt { (capital(label)) }
                    dd {
                        @for (number, line) in value.lines().enumerate() {
                            @if number > 0 { br; }
                            (line)
                        }
                    }
                }
            }
        }
    }
}

/// Begins a text with a capital letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// Begins with a capital and ends with a full stop.
pub(super) fn sentence(text: &str) -> String {
    format!("{}.", capital(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view;

    #[test]
    fn nothing_in_a_row_becomes_part_of_the_page() {
        let columns: &[Column<&str>] = &[Column::new("PAID UNTIL", |it| view::text(it))];
        let page = linked(&["<script>\"'"], columns, "", |it, _| Some(format!("/x?{it}")));
        let page = page.into_string();
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("<th scope=\"col\">Paid until</th>"), "{page}");
        assert!(page.contains("href=\"/x?&lt;script&gt;&quot;'\""), "{page}");
        let empty = linked(&[], columns, "there are none", |_, _| None).into_string();
        assert_eq!(empty, "<p class=\"faint\">There are none.</p>");
    }
}
