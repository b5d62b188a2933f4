//! Reads the files of worked examples in a folder of `tests/`.

use serde::de::DeserializeOwned;

/// Returns every `.json` file in a folder of `tests/`, by its name.
pub(crate) fn case_files<F: DeserializeOwned>(folder: &str) -> Vec<(String, F)> {
    let folder = format!("{}/tests/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "json") {
            let text = std::fs::read_to_string(&path).unwrap();
            let file = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            files.push((path.file_name().unwrap().to_string_lossy().into_owned(), file));
        }
    }
    files
}
