//! What bad requests get: an answer that says so, and nothing else changes.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use crate::world::{PASSWORD, Web, World, basic, fill_in};

/// Far longer than anything takes; reaching it means that the test has failed.
const PATIENCE: Duration = Duration::from_secs(60);

fn connect(web: &Web) -> TcpStream {
    let stream = TcpStream::connect(web.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends bytes as they are, and returns the answer; what cannot be sent or read any more because the
/// other end has hung up is left out.
fn raw(web: &Web, bytes: &[u8]) -> String {
    let mut stream = connect(web);
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Returns the head of a request as an admin.
fn head(method: &str, target: &str, more: &str) -> String {
    let login = basic("admin", PASSWORD);
    format!(
        "{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {login}\r\n{more}\r\n"
    )
}

/// Returns the status of an answer; `None` if there is none.
fn status(answer: &str) -> Option<u16> {
    answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

#[track_caller]
fn goes_on(web: &Web) {
    let (status, page) = web.get("admin", "/members/add");
    assert_eq!(status, 200, "{page}");
}

#[test]
fn a_body_of_a_gigabyte_is_not_taken() {
    const GIGABYTE: usize = 1 << 30;
    let world = World::new();
    let web = world.web();
    let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
    let block = [b'a'; 0x10000];
    let chunk = [&b"10000\r\n"[..], &block, b"\r\n"].concat();
    for (path, most) in [("/members/add", 16 << 20), ("/payments/import", 64 << 20)] {
        for (length, block) in [
            (format!("Content-Length: {GIGABYTE}\r\n"), &block[..]),
            ("Transfer-Encoding: chunked\r\n".into(), &chunk[..]),
        ] {
            let mut stream = connect(&web);
            stream.write_all(head("POST", path, &(length + kind)).as_bytes()).unwrap();
            let mut sent = 0;
            while sent < GIGABYTE && stream.write_all(block).is_ok() {
                sent += block.len();
            }
            assert!(sent < most, "{path}: {sent} bytes were taken");
            goes_on(&web);
        }
    }
    let pid = web.running.child.id();
    let memory = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let peak = memory.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap().trim();
    let kilobytes: u64 = peak.trim_end_matches(" kB").parse().unwrap();
    assert!(kilobytes < 200_000, "{kilobytes} kB");
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let world = World::new();
    let web = world.web();
    let long = format!("X-Long: {}\r\n", "a".repeat(1 << 20));
    let many: String = (0..10_000).map(|it| format!("X-{it}: a\r\n")).collect();
    let path = format!("/members/{}", "1".repeat(1 << 20));
    for (what, request) in [
        ("long", head("GET", "/", &long)),
        ("many", head("GET", "/", &many)),
        ("path", head("GET", &path, "")),
    ] {
        let answer = raw(&web, request.as_bytes());
        assert!(matches!(status(&answer), Some(400..500) | None), "{what}: {answer}");
        goes_on(&web);
    }
}

#[test]
fn what_is_not_http_is_hung_up_on() {
    let world = World::new();
    let web = world.web();
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ] {
        let answer = raw(&web, bytes);
        let shown = String::from_utf8_lossy(bytes);
        assert!(matches!(status(&answer), Some(400..500) | None), "{shown:?}: {answer}");
    }
    goes_on(&web);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let world = World::new();
    let web = world.web();
    let id = "9".repeat(10 * 1024);
    let long = format!("/members/{id}");
    let long_form = format!("/members/edit?member={id}");
    for target in [
        "/../../../../etc/passwd",
        "/assets/../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/members/..%2f..%2f..%2fspace.json",
        "/members/0001%00",
        "/members/%ff%fe",
        "/members/0001/../../space.json",
        "/members/contact.json",
        "/members/edit?member=..%2f0001",
        "/history/--help",
        "/history/..%2f..",
        "/history/%3A%2Fx",
        "/done/--all",
        "/done/HEAD%5E%7B%2Fx%7D",
        "/done/%40%7B-1%7D",
        "/requirements/change?tag=..%2F..%2Fspace",
        "/requirements/revoke?tag=",
        "/credentials/revoke?tag=%2A",
        "/.git/config",
        "/%00",
        &long,
        &long_form,
    ] {
        let answer = raw(&web, head("GET", target, "").as_bytes());
        let status = status(&answer).unwrap();
        let shown = &target[..target.len().min(60)];
        assert!((400..500).contains(&status), "{shown}: {answer}");
        for secret in ["root:", "[core]", "\"currency\"", "ada@example.org"] {
            assert!(!answer.contains(secret), "{shown}: {answer}");
        }
    }
    goes_on(&web);
    world.good(&["check"]);
}

#[test]
fn a_name_is_a_name_on_every_page_and_in_every_table() {
    let world = World::new();
    let web = world.web();
    let names = ["<script>alert(1)</script>", "=HYPERLINK(\"http://evil.example\")"];
    for (name, words) in [(names[0], "&lt;script&gt;"), (names[1], "HYPERLINK")] {
        fill_in(&web, "admin", "/members/add", &[("name", name), ("tier", "guest")], words);
    }
    let fob = [("member", "0003"), ("fob", "4711"), ("facility", "laser")];
    fill_in(&web, "admin", "/credentials/add", &fob, "&lt;script&gt;");
    let (_, text) = web.get("", "/verify?thing=laser&token=4711");
    assert!(text.contains("<script>") && text.starts_with('{'), "it is JSON: {text}");
    for path in [
        "/",
        "/members",
        "/members/0003",
        "/members/0004",
        "/members/0003/access",
        "/history",
        "/members/edit?member=0003",
        "/credentials/add?member=0003",
        "/members/suspend?member=0003",
        "/members/leave?member=0003",
        "/credentials/revoke?member=0003",
        "/undo",
        "/reports",
        "/members?text=%3Cscript%3E",
        "/?member=%3Cscript%3E",
        "/log",
        "/download",
        "/members/%3Cscript%3Ealert(1)",
        "/done/%3Cscript%3Ealert(1)",
        "/%3Cscript%3Ealert(1)",
    ] {
        let (_, headers, page) = web.get_all("admin", path);
        assert!(headers["content-type"].to_str().unwrap().starts_with("text/html"), "{path}");
        assert!(!page.contains("<script>alert"), "{path}: {page}");
    }
    let (status, table) = web.get("admin", "/download/activities?format=csv");
    assert_eq!(status, 200, "{table}");
    let cells = table.lines().flat_map(|line| line.split(','));
    assert!(cells.clone().count() > 4, "{table}");
    assert!(cells.into_iter().all(|it| !it.trim_matches('"').starts_with('=')), "{table}");
}

#[test]
fn no_page_is_shown_inside_another_site() {
    let world = World::new();
    let web = world.web();
    for (login, path) in
        [("admin", "/"), ("admin", "/members/add"), ("admin", "/nowhere"), ("", "/")]
    {
        let (_, headers, _) = web.get_all(login, path);
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(headers["x-frame-options"], "DENY");
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
}

/// Each address has its share, and the rest wait outside; a controller elsewhere gets its answer.
#[test]
fn ten_thousand_connections_take_nothing_from_others() {
    let world = World::new();
    let web = world.web();
    let limit =
        nix::sys::resource::getrlimit(nix::sys::resource::Resource::RLIMIT_NOFILE).unwrap().0;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(500).min(10_000);
    let address = web.url.trim_start_matches("http://").parse().unwrap();
    let all: Vec<TcpStream> =
        (0..wanted).map_while(|_| TcpStream::connect_timeout(&address, PATIENCE).ok()).collect();
    assert_eq!(all.len(), wanted);
    if crate::part::there("curl", &["--version"]) {
        let mut curl = std::process::Command::new("curl");
        curl.args(["-sS", "--max-time", "60", "--interface", "127.0.0.2", "-u"]);
        let output = curl.arg(format!("admin:{PASSWORD}")).arg(&web.url).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("Activity"), "{output:?}");
    }
    drop(all);
    // Those that were hung up on are noticed one after another.
    let served = (0..1000).any(|_| {
        let answer = raw(&web, head("GET", "/members/add", "").as_bytes());
        status(&answer) == Some(200)
    });
    assert!(served);
}
