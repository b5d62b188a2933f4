//! Encrypted: by a proxy in front, and by ourselves.

use std::{fs, net::TcpListener, path::PathBuf, process::Command};

use crate::{
    part::{there, works},
    world::{ADA, PASSWORD, World, hidden},
};

/// A certificate for this machine, signed by itself.
struct Keys {
    certificate: PathBuf,
    key: PathBuf,
}

impl Keys {
    fn new(world: &World) -> Self {
        let keys = Self { certificate: world.beside("cert.pem"), key: world.beside("key.pem") };
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
        openssl.args(["-nodes", "-days", "30", "-subj", "/CN=localhost"]);
        openssl.args(["-addext", "subjectAltName=IP:127.0.0.1"]);
        openssl.arg("-keyout").arg(&keys.key).arg("-out").arg(&keys.certificate);
        assert!(works(&mut openssl));
        keys
    }

    /// Asks as curl does, trusting this certificate; returns the status and the text.
    #[track_caller]
    fn curl(&self, args: &[&str]) -> (u16, String) {
        let mut curl = Command::new("curl");
        curl.args(["-sS", "--max-time", "60", "-w", "\n%{http_code}", "--cacert"]);
        let output = curl.arg(&self.certificate).args(args).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(output.status.success(), "{args:?}: {text}");
        let (text, status) = text.rsplit_once('\n').unwrap();
        (status.parse().unwrap(), text.to_owned())
    }
}

/// nginx, until the test ends.
struct Nginx {
    conf: PathBuf,
    url: String,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        works(Command::new("nginx").arg("-c").arg(&self.conf).args(["-s", "stop"]));
    }
}

impl Nginx {
    /// Starts it with the settings that docs/web.md shows.
    fn start(world: &World, keys: &Keys, socket: &str) -> Self {
        // Another program may take a port just before nginx does.
        let tries = std::iter::repeat_with(|| Self::at_any_port(world, keys, socket));
        tries.take(5).flatten().next().expect("nginx starts")
    }

    fn at_any_port(world: &World, keys: &Keys, socket: &str) -> Option<Self> {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let [certificate, key] = [&keys.certificate, &keys.key].map(|it| it.display().to_string());
        let temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|it| {
            format!("{it}_temp_path {};\n", world.beside(&format!("nginx-{it}")).display())
        });
        let text = format!(
            "worker_processes 1; pid {pid};\n\
             events {{}}\n\
             http {{\n{temp}access_log off;\n\
             server {{\n\
             listen {address} ssl;\n\
             ssl_certificate {certificate};\nssl_certificate_key {key};\n\
             {location}\n}}\n}}\n",
            location = documented(socket),
            pid = world.beside("nginx.pid").display(),
            temp = temp.concat(),
        );
        // Only root can be anybody else, and the socket is for this user.
        let user = if rustix::process::geteuid().is_root() { "user root;\n" } else { "" };
        let conf = world.beside("nginx.conf");
        fs::write(&conf, format!("{user}{text}")).unwrap();
        // It goes to the background once it listens.
        let log = world.beside("nginx.log");
        let started = works(Command::new("nginx").arg("-c").arg(&conf).arg("-e").arg(log));
        started.then(|| Self { conf, url: format!("https://{address}") })
    }
}

/// Returns the settings that docs/web.md shows, for another socket.
fn documented(socket: &str) -> String {
    let docs = include_str!("../../docs/web.md");
    let (_, rest) = docs.split_once("```nginx\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let shown = "/run/space-web/web.sock";
    assert!(text.contains(shown), "{text}");
    text.replace(shown, socket)
}

#[test]
fn behind_nginx_all_is_as_it_is_without() {
    let parts = [("nginx", "-v"), ("openssl", "version"), ("curl", "--version")];
    if !parts.iter().all(|(program, argument)| there(program, &[argument])) {
        return;
    }
    let world = World::new();
    let keys = Keys::new(&world);
    let socket = world.beside("web.sock").display().to_string();
    let listener = format!(
        "[[listener]]\nunix = \"{socket}\"\nserves = [\"admin\", \"things\"]\nbehind_proxy = true\n"
    );
    world.listen(&listener, "");
    let web = world.start(&["web", "run"]);
    assert_eq!(web.wait("listening")["at"], *socket);
    let nginx = Nginx::start(&world, &keys, &socket);
    let url = &nginx.url;
    let admin = format!("admin:{PASSWORD}");
    let page = |path: &str| keys.curl(&["-u", &admin, &format!("{url}{path}")]);
    assert_eq!(keys.curl(&[url]).0, 401);
    let (status, text) = page("/members/add");
    assert!(status == 200 && text.contains("Add a member"), "{text}");
    // A form of this site is taken, one of another is not, whatever the proxy changes.
    let post = |origin: &str, fields: &[&str]| {
        let origin = format!("Origin: {origin}");
        let to = format!("{url}/members/add");
        let data: Vec<&str> = fields.iter().flat_map(|it| ["--data", *it]).collect();
        keys.curl(&[&["-u", &admin, "-L", "-H", &origin, &to][..], &data].concat())
    };
    assert_eq!(post("https://evil.example", &["name=Eve", "tier=guest"]).0, 403);
    let (status, text) = post(url, &["name=Carol", "tier=guest"]);
    assert!(status == 200 && text.contains("This will be done"), "{text}");
    let base = format!("base={}", hidden(&text, "base"));
    let (status, text) = post(url, &["name=Carol", "tier=guest", "step=commit", &base]);
    assert!(status == 200 && text.contains("Done"), "{text}");
    // Who asks is known by its own address, and nobody can claim another.
    let (_, text) = keys.curl(&[&format!("{url}/verify?thing=laser&token={ADA}")]);
    assert!(text.contains("\"access\":1"), "{text}");
    world.good(&["facility", "edit", "laser", "--controller", "10.0.0.12"]);
    web.wait("in-force");
    let claim = "X-Forwarded-For: 10.0.0.12";
    let (_, text) = keys.curl(&["-H", claim, &format!("{url}/verify?thing=laser&token={ADA}")]);
    assert!(text.contains("\"access\":0"), "{text}");
    assert_eq!(web.wait("wrong-controller")["from"], "127.0.0.1");
    keys.curl(&["-u", "admin:wrong", url]);
    assert_eq!(web.wait("wrong-password")["from"], "127.0.0.1");
    assert_eq!(web.end(), Some(0));
    assert_eq!(page("/").0, 502, "nginx says so itself");
}

#[test]
fn our_own_tls_needs_no_proxy() {
    if !there("openssl", &["version"]) || !there("curl", &["--version"]) {
        return;
    }
    let world = World::new();
    let keys = Keys::new(&world);
    let [certificate, key] = [&keys.certificate, &keys.key].map(|it| it.display().to_string());
    let listener = format!(
        "[[listener]]\naddress = \"127.0.0.1:0\"\nserves = [\"admin\"]\n\
         certificate = \"{certificate}\"\nkey = \"{key}\"\n"
    );
    world.listen(&listener, "");
    let web = world.start(&["web", "run"]);
    let url = web.wait("listening")["at"].as_str().unwrap().to_owned();
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    let admin = format!("admin:{PASSWORD}");
    let (status, text) = keys.curl(&["-u", &admin, &url]);
    assert!(status == 200 && text.contains("Activity"), "{text}");
    // Somebody who speaks in the clear gets nothing, and nobody else notices.
    let plain = url.replace("https://", "http://");
    assert!(!works(Command::new("curl").args(["--max-time", "60", &plain])));
    assert!(!works(Command::new("curl").args(["--max-time", "60", &url])), "who signed that?");
    assert_eq!(keys.curl(&["-u", &admin, &url]).0, 200);
}
