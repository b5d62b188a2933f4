//! Encrypted: by a proxy in front, and by ourselves.

use std::{
    fs,
    net::TcpListener,
    os::fd::AsRawFd as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

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
struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.0.kill(); // it has ended already if its configuration is wrong
        let _ = self.0.wait();
    }
}

impl Nginx {
    /// Starts it with the settings that docs/web.md shows, on a port that is open already, so that
    /// nobody needs to wait for it.
    fn start(world: &World, keys: &Keys, socket: &str) -> (Self, String) {
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = port.local_addr().unwrap();
        let [certificate, key] = [&keys.certificate, &keys.key].map(|it| it.display().to_string());
        let temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|it| {
            format!("{it}_temp_path {};\n", world.beside(&format!("nginx-{it}")).display())
        });
        let conf = format!(
            "daemon off; master_process off; pid {pid};\n\
             events {{}}\n\
             http {{\n{temp}access_log off;\n\
             server {{\n\
             listen {address} ssl;\n\
             ssl_certificate {certificate};\nssl_certificate_key {key};\n\
             location / {{\n\
             proxy_pass http://unix:{socket}:;\n\
             proxy_http_version 1.1;\n\
             proxy_set_header Host $http_host;\n\
             proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n\
             }}\n}}\n}}\n",
            pid = world.beside("nginx.pid").display(),
            temp = temp.concat(),
        );
        let file = world.beside("nginx.conf");
        fs::write(&file, conf).unwrap();
        rustix::io::fcntl_setfd(&port, rustix::io::FdFlags::empty()).unwrap();
        let mut nginx = Command::new("nginx");
        nginx.arg("-c").arg(file).args(["-e", "stderr"]).stderr(Stdio::null());
        // nginx takes over ports that are open, as when it replaces itself.
        nginx.env("NGINX", format!("{};", port.as_raw_fd()));
        (Self(nginx.spawn().unwrap()), format!("https://{address}"))
    }
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
    let (_nginx, url) = Nginx::start(&world, &keys, &socket);
    let admin = format!("admin:{PASSWORD}");
    let page = |path: &str| keys.curl(&["-u", &admin, &format!("{url}{path}")]);
    assert_eq!(keys.curl(&[&url]).0, 401);
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
    let (status, text) = post(&url, &["name=Carol", "tier=guest"]);
    assert!(status == 200 && text.contains("This will be done"), "{text}");
    let base = format!("base={}", hidden(&text, "base"));
    let (status, text) = post(&url, &["name=Carol", "tier=guest", "step=commit", &base]);
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
    keys.curl(&["-u", "admin:wrong", &url]);
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
