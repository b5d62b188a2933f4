//! The treasurer's pages: a statement that is sent, looked at and imported; cash at the desk.

use std::fs;

use crate::world::{World, fill_in, hidden};

const STATEMENT: &str = "\
OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nCHARSET:1252\r\n\r\n\
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP<BANKACCTFROM><ACCTID>1</BANKACCTFROM>\
<BANKTRANLIST>\
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261102<TRNAMT>25.00<FITID>A1<NAME>CAROL<MEMO>SM0003</STMTTRN>\
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261103<TRNAMT>7.00<FITID>A2<NAME>&lt;b&gt;X<MEMO>hello</STMTTRN>\
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";

#[test]
fn a_statement_is_shown_line_by_line_before_it_is_imported_and_can_be_undone() {
    let world = World::new();
    world.good(&["member", "add", "Carol Shaw", "--joined", "2026-01-01"]);
    let web = world.web();
    let (status, page) = web.send_file("admin", "/payments/import", "november.ofx", STATEMENT);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Carol Shaw") && page.contains("&lt;b&gt;X"), "{page}");
    assert!(!page.contains("<b>X"), "{page}");
    assert!(!world.good(&["payment", "list"]).contains("25"), "nothing is written yet");
    let fields = [("upload", hidden(&page, "upload")), ("base", hidden(&page, "base"))];
    assert_eq!(web.post("desk", "/payments/import/commit", &fields).0, 403);
    let (status, page) = web.post("admin", "/payments/import/commit", &fields);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Done"), "{page}");
    let list = world.good(&["payment", "list"]);
    assert!(list.contains("0003") && list.contains("SM0003"), "{list}");
    assert!(world.good(&["payment", "list", "--unmatched"]).contains("7.00"));
    // The same file once more has nothing new, and the files are not kept for ever.
    let (_, page) = web.send_file("admin", "/payments/import", "november.ofx", STATEMENT);
    assert!(page.contains("nothing to write"), "{page}");
    assert_eq!(web.post("admin", "/payments/import/commit", &fields).0, 422);
    world.good(&["undo", "--yes"]);
}

#[test]
fn transactions_kept_aside_are_decided_about_one_by_one_before_the_import() {
    let world = World::new();
    world.good(&["member", "add", "Carol Shaw", "--joined", "2026-01-01"]);
    let web = world.web();
    let more = "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261104<TRNAMT>50.00<FITID>A3<NAME>Y</STMTTRN></BANKTRANLIST>";
    let statement = STATEMENT.replace("</BANKTRANLIST>", more);
    let (_, page) = web.send_file("admin", "/payments/import", "november.ofx", &statement);
    assert!(page.contains("Decide about 2 transactions"), "{page}");
    let (upload, base) = (hidden(&page, "upload").to_owned(), hidden(&page, "base").to_owned());
    let start = [("upload", upload.as_str()), ("base", base.as_str())];
    let walk = |fields: &[(&str, &str)]| {
        let (status, page) = web.post("admin", "/payments/import/walk", &[&start, fields].concat());
        assert_eq!(status, 200, "{page}");
        page
    };
    assert_eq!(web.post("desk", "/payments/import/walk", &start).0, 403);
    assert!(walk(&[]).contains("1 of 2"));
    // What does not follow from the amount is asked for beside the field.
    let seven = [("step", "next"), ("choice", "member"), ("member", "carol")];
    let page = walk(&seven);
    assert!(page.contains("1 of 2") && page.contains("id=\"member-wrong\""), "{page}");
    let seven = [&seven[..], &[("months", "0")]].concat();
    let page = walk(&seven);
    assert!(page.contains("2 of 2") && page.contains("value=\"member carol\""), "{page}");
    let past = [("past", "member carol"), ("past-months", "0")];
    let page = walk(&[&past[..], &[("step", "back")]].concat());
    assert!(page.contains("1 of 2") && !page.contains("name=\"past\""), "{page}");
    let parts = [("step", "next"), ("choice", "split"), ("split", "carol=25, ada=20")];
    let page = walk(&[&past[..], &parts].concat());
    assert!(page.contains("id=\"split-wrong\""), "the parts do not add up: {page}");
    let parts = [("step", "next"), ("choice", "split"), ("split", "carol=25:0, ada=25:0")];
    let page = walk(&[&past[..], &parts].concat());
    assert!(page.contains("3 credited"), "{page}");
    let all = [("past", "split carol=25:0, ada=25:0"), ("past-months", "")];
    let all = [&start[..], &past, &all].concat();
    // Somebody else's answers are no way around the checks.
    let wrong = [&start[..], &[("past", "member nobody")]].concat();
    assert_eq!(web.post("admin", "/payments/import/commit", &wrong).0, 422);
    let (status, page) = web.post("admin", "/payments/import/commit", &all);
    assert!(status == 200 && page.contains("Done"), "{page}");
    assert!(web.get("admin", "/payments").1.contains("Every transaction is credited"));
    let log = world.good(&["--json", "log", "--count", "1"]);
    assert!(log.contains("3 credited"), "one commit: {log}");
}

#[test]
fn what_could_not_be_matched_is_given_to_somebody_and_undone() {
    let world = World::new();
    world.good(&["member", "add", "Carol Shaw", "--joined", "2026-01-01"]);
    fs::write(world.beside("november.ofx"), STATEMENT).unwrap();
    let file = world.beside("november.ofx").display().to_string();
    world.good(&["payment", "import", &file, "--yes"]);
    let web = world.web();
    assert_eq!(web.get("desk", "/payments").0, 403);
    let (status, page) = web.get("admin", "/payments");
    assert!(status == 200 && page.contains("0003 Carol Shaw") && page.contains("7.00"), "{page}");
    let (_, rest) = page.split_once("/payments/assign?transaction=").unwrap();
    let id = rest.split('&').next().unwrap();
    let (status, page) = web.get("admin", &format!("/payments/assign?transaction={id}"));
    assert!(status == 200 && page.contains("7.00 GBP") && !page.contains("<b>X"), "{page}");
    let (status, page) = web.post("admin", "/payments/assign", &[("transaction", id)]);
    assert!(status == 422 && page.contains("id=\"member-wrong\""), "{page}");
    let fields = [("transaction", id), ("member", "carol"), ("months", "0")];
    let commit = fill_in(&web, "admin", "/payments/assign", &fields, "0003 Carol Shaw");
    assert!(web.get("admin", "/payments").1.contains("Every transaction is credited"));
    fill_in(&web, "admin", "/undo", &[("commit", &commit)], "undo");
    assert!(web.get("admin", "/payments").1.contains("/payments/assign"));
}

#[test]
fn what_can_hardly_be_meant_is_refused_here_too() {
    let world = World::new();
    world.good(&["member", "add", "Carol Shaw", "--joined", "2026-01-01"]);
    let web = world.web();
    let fields = [("member", "carol"), ("amount", "25"), ("date", "2062-06-01")];
    let (status, page) = web.post("admin", "/payments/add", &fields);
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("2062"), "{page}");
    // Nor is it written when the preview is left out.
    let head = world.good(&["--json", "log", "--count", "1"]);
    let all = [&fields[..], &[("step", "commit")]].concat();
    assert_eq!(web.post("admin", "/payments/add", &all).0, 422);
    assert_eq!(world.good(&["--json", "log", "--count", "1"]), head);
}

#[test]
fn what_is_no_statement_is_refused_with_the_reason() {
    let world = World::new();
    let web = world.web();
    for (name, text) in [("a.ofx", "<OFX"), ("a.csv", "x;y\n1;2\n"), ("empty.ofx", "")] {
        let (status, page) = web.send_file("admin", "/payments/import", name, text);
        assert_eq!(status, 422, "{page}");
        assert!(page.contains("role=\"alert\""), "{page}");
    }
    assert_eq!(web.send_file("desk", "/payments/import", "a.ofx", STATEMENT).0, 403);
    let large = "x".repeat(17 * 1024 * 1024);
    assert!(web.send_file("admin", "/payments/import", "a.ofx", &large).0 >= 400);
}
