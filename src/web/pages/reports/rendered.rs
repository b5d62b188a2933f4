//! A report in each of its forms.

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use maud::Markup;

use crate::{
    app::{report::ReportOutput, view::csv},
    web::pages::table,
};

/// A report in each of its forms.
pub(super) struct Rendered {
    /// The name in addresses.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) table: Markup,
    /// The chart as SVG, if there is one.
    pub(super) picture: Option<String>,
    /// For a spreadsheet.
    pub(super) csv: Vec<u8>,
}

impl Rendered {
    /// Renders a report.
    pub(super) fn new<J, R>(
        name: &'static str,
        title: &'static str,
        mut report: ReportOutput<J, R>,
    ) -> Self {
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        let _ = csv::write(&mut bytes, &report.rows, report.columns);
        let picture = report.picture.take().filter(|_| !report.rows.is_empty());
        Self { name, title, picture, csv: bytes, table: table::report(report) }
    }

    /// Returns the file for a spreadsheet; `of` is what else its name says.
    pub(super) fn download(&self, of: &str) -> Response {
        let saved = format!("attachment; filename=\"{}{of}.csv\"", self.name);
        let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
        ([kind, (header::CONTENT_DISPOSITION, saved)], self.csv.clone()).into_response()
    }
}
